/**
 * Words of the shop floor beside the words that documents use: a question is searched in the words written. Short on purpose; a
 * pair belongs here when people say one and procedures write the other.
 */
const SHOP_WORDS: readonly (readonly [said: RegExp, written: string])[] = [
  [/(?:怎么|如何|怎样)(?:开|启动)|\b(?:turn|switch)(?:ing)? on\b|\bstart(?:ing)?(?: up)?(?= the)/i, '开机 start-up'],
  [/(?:怎么|如何|怎样)[停关]|关掉|\b(?:turn|switch|shut)(?:ting)? (?:off|down)\b/i, '停机 shut-down'],
  [/不合格品.{0,6}处理|怎么处理.{0,6}不合格品/, '不合格品评审处置'],
  [/脏|\bdirty\b|\bsmudge/i, '清洁 cleaning'],
  [/换产品|换型号|换牌|\bchange ?over\b|\bchange (?:the )?product/i, '换型 changeover'],
  [/坏灯|灯(?:太|变)?[暗亮]|光(?:太|变)?[暗亮]|\b(?:light|lamp)\b.{0,12}\b(?:dim|dark|bright)/i, '光源校准 light'],
]

/** The question with the written words in the place of those said. */
export const withWrittenWords = (question: string): string =>
  SHOP_WORDS.reduce((text, [said, written]) => text.replace(said, ` ${written} `), question)
