/** What forecasts say to people, in both languages. */
import type { LocalText } from '@millwright/contract'

export const texts = {
  extrapolating: {
    zh: '输入超出模型训练时的范围，区间已加宽',
    en: 'An input lies outside what the model was fitted on; the interval is widened',
  },
  stale: {
    zh: '有输入缺失或质量不佳，使用了旧值',
    en: 'An input is missing or of bad quality; an older value was used',
  },
} as const satisfies Record<string, LocalText>
