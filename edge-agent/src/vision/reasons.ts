/** Every text an inspection says to people, in both languages. Placeholders name values of the reason. */
import { fillText, type LocalText, type Reason } from '@millwright/contract'
import { wordsOf } from './reason-words.ts'

const text = (zh: string, en: string): LocalText => ({ zh, en })

export const reasonTexts = {
  'aoi.scratch': text(
    '划痕：长 {length_px} px，宽 {width_px} px，对比 {contrast} 级',
    'Scratch: {length_px} px long, {width_px} px wide, contrast {contrast} levels',
  ),
  'aoi.stain': text(
    '污渍：{width} x {height} px，对比 {contrast} 级',
    'Stain: {width} x {height} px, contrast {contrast} levels',
  ),
  'aoi.oil': text(
    '油污：{width} x {height} px，边缘有反光（最亮 {peak} 级）',
    'Oil: {width} x {height} px, with glints along its rim (brightest {peak} levels)',
  ),
  'aoi.dust': text('灰尘：{width} x {height} px', 'Dust: {width} x {height} px'),
  'aoi.unknown': text(
    '未知异常：{width} x {height} px，对比 {contrast} %',
    'Unknown anomaly: {width} x {height} px, contrast {contrast} %',
  ),
  'aoi.strange': text(
    '与良品不同：{width} x {height} px，偏离良品 {z} 个标准差',
    'Unlike good parts: {width} x {height} px, {z} deviations from them',
  ),
  'aoi.lit_scratch': text(
    '点亮画面上的划痕：长 {length_px} px，对比 {contrast} %',
    'Scratch against the lit screen: {length_px} px long, contrast {contrast} %',
  ),
  'aoi.lit_stain': text(
    '点亮画面上的污渍：{width} x {height} px，对比 {contrast} %',
    'Stain against the lit screen: {width} x {height} px, contrast {contrast} %',
  ),
  'aoi.dead_pixel': text(
    '坏点：对比 {contrast}（限值 {limit}），噪声的 {z} 倍',
    'Dead pixel: contrast {contrast} (limit {limit}), {z} times the noise',
  ),
  'aoi.line': text(
    '{direction}线缺陷，位置 {position} px：对比 {contrast} %，噪声的 {z} 倍',
    '{direction} line at {position} px: contrast {contrast} %, {z} times the noise',
  ),
  'aoi.mura': text(
    '云斑（Mura）：{semu} SEMU（限值 {limit}），对比 {contrast} %，面积 {area_mm2} mm²',
    'Mura: {semu} SEMU (limit {limit}), contrast {contrast} % over {area_mm2} mm²',
  ),
  'aoi.light_leak': text(
    '漏光：自屏幕边缘起，比画面亮 {contrast} %',
    'Light leak from the edge: {contrast} % brighter than the screen',
  ),
  'aoi.colour': text(
    '色差：ΔE00 {de00}（限值 {limit}），区域 {zone}',
    'Colour deviation: dE00 {de00} (limit {limit}) in zone {zone}',
  ),
  'aoi.network': text('分割网络：概率 {probability}', 'Segmentation network: probability {probability}'),
  'aoi.over_limit': text(
    '{class}得分 {score}，达到判废线 {limit}',
    '{class} scores {score}, at or over the fail limit {limit}',
  ),
  'aoi.doubtful': text(
    '{class}得分 {score}，低于判废线 {limit}，需人工复核',
    '{class} scores {score}, under the fail limit {limit}: for a person to judge',
  ),
  'aoi.too_many': text('{class}共 {count} 处，最多允许 {limit} 处', '{count} x {class}, at most {limit} allowed'),
  'aoi.good': text('未发现超限缺陷', 'Nothing found beyond the limits'),
  'aoi.not_found': text('未找到屏幕：{why}', 'The screen was not found: {why}'),
  'aoi.unfocused': text(
    '图像失焦：边缘锐度 {sharpness}，至少 {limit}',
    'Out of focus: edge sharpness {sharpness}, at least {limit}',
  ),
  'aoi.wrong_pattern': text(
    '画面与文件名的图案不符：应为 {pattern}，实测亮度 {level}',
    'The screen does not show the pattern that its name says: {pattern}, measured level {level}',
  ),
  'aoi.golden_off': text(
    '标准样件（{pattern}）的{aspect}有偏差：{off}，允许 {limit}',
    'Golden sample ({pattern}): {aspect} is off by {off}, allowed {limit}',
  ),
  'aoi.golden_good': text('标准样件（{pattern}）通过', 'Golden sample ({pattern}) passes'),
  'aoi.panel_fail': text('{count} 幅图像判废：{captures}', '{count} captures fail: {captures}'),
  'aoi.panel_review': text('{count} 幅图像待复核：{captures}', '{count} captures need review: {captures}'),
  'aoi.panel_pass': text('全部 {count} 幅图像合格', 'All {count} captures pass'),
} as const satisfies Record<string, LocalText>

export type ReasonCode = keyof typeof reasonTexts

/** A reason with its placeholders filled: ids by their names, numbers rounded to three figures. Its values keep the ids. */
export function reason(code: ReasonCode, values: Record<string, string | number> = {}): Reason {
  const shown = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === 'number' ? Number(value.toPrecision(3)) : value,
    ]),
  )
  const words = Object.fromEntries(Object.entries(shown).map(([key, value]) => [key, wordsOf(key, value) ?? value]))
  return { code, text: fillText(reasonTexts[code], words), values: shown }
}
