/** What people call the ids that stand in a reason's values, in both languages. */
import type { DefectClass, LocalText, Pattern } from '@millwright/contract'

const text = (zh: string, en: string): LocalText => ({ zh, en })

const classes: Readonly<Record<DefectClass, LocalText>> = {
  scratch: text('划痕', 'Scratch'),
  stain: text('污渍', 'Stain'),
  oil: text('油污', 'Oil'),
  dust: text('灰尘', 'Dust'),
  chip: text('崩边', 'Chip'),
  dead_pixel: text('坏点', 'Dead pixel'),
  line: text('线缺陷', 'Line'),
  mura: text('云斑', 'Mura'),
  light_leak: text('漏光', 'Light leak'),
  colour: text('色差', 'Colour deviation'),
  unknown: text('未知异常', 'Unknown anomaly'),
}

const patterns: Readonly<Record<Pattern, LocalText>> = {
  white: text('白画面', 'white'),
  black: text('黑画面', 'black'),
  red: text('红画面', 'red'),
  green: text('绿画面', 'green'),
  blue: text('蓝画面', 'blue'),
  grey: text('灰画面', 'grey'),
  checker: text('棋盘格', 'checker'),
  surface: text('熄屏表面', 'surface'),
}

const directions = { vertical: text('竖直', 'Vertical'), horizontal: text('水平', 'Horizontal') }

const locating = {
  no_contrast: text('没有与背景分得开的屏幕', 'no screen stands out from the background'),
  too_small: text('画面中没有屏幕大小的物体', 'nothing in view is as large as a screen'),
  not_rectangle: text('最显眼的物体不是矩形', 'what stands out is not a rectangle'),
} as const

/** Why no screen was found. */
export type LocateFault = keyof typeof locating

const golden = {
  light: text('亮度', 'light'),
  colour: text('颜色（ΔE00）', 'colour (dE00)'),
  focus: text('对焦', 'focus'),
  place: text('位置（画面宽度的百分比）', 'place (% of the width)'),
  size: text('屏幕大小（百分比）', 'size of the screen (%)'),
  tilt: text('旋转（度）', 'turn (degrees)'),
  evenness: text('照明均匀度', 'evenness of the light'),
} as const

/** What of the golden sample is looked at. */
export type GoldenAspect = keyof typeof golden

const byKey: Readonly<Record<string, Readonly<Record<string, LocalText>>>> = {
  class: classes,
  pattern: patterns,
  direction: directions,
  why: locating,
  aspect: golden,
}

/** The words for a value of a reason; undefined where the value says itself. */
export const wordsOf = (key: string, value: string | number): LocalText | undefined => byKey[key]?.[value]
