/** The words that requests are made of, in both languages. All are matched in normalised text. */

/** What a quantity can be for. */
export type LevelRole = 'start' | 'stop' | 'assist' | 'high' | 'low'
export type TimeRole = 'swap' | 'delay'

export const levelRoles: readonly { readonly role: LevelRole; readonly pattern: RegExp }[] = [
  {
    role: 'high',
    pattern:
      /高高?液位报警|高水位报警|超高液位|高位报警|溢流报警|液位过高|上限报警|high[- ]?(?:high[- ]?)?(?:level|water)?[- ]?alarm|overflow alarm|alarm (?:at|above|over|when|if)|high[- ]level|(?:高于|超过|大于|达到|到)?[\d.]+\s*%?时?报警/g,
  },
  {
    role: 'low',
    pattern:
      /低低?液位报警|低水位报警|低位报警|液位过低|下限报警|low[- ]?(?:low[- ]?)?(?:level|water)?[- ]?alarm|alarm (?:below|under)|low[- ]level|(?:低于|小于)[\d.]+\s*%?时?报警/g,
  },
  {
    role: 'assist',
    pattern:
      /同时(?:运行|启动|开|投入)|(?:两|\d+)台(?:泵)?(?:都|全|一起|同时)|全部(?:投入|启动|运行)|(?:都|一起)(?:运行|启动|投入)|备用泵(?:也)?(?:投入|启动)|both|all (?:the )?(?:\d+ )?pumps|second pump|standby pump|together|help|assist|join/g,
  },
  {
    role: 'start',
    pattern:
      /启动|起动|开启|启泵|开泵|起泵|运转|开始|投运|start(?:s|ed|ing)?|(?:switch|turn|cut|kick)(?:s|ed|ing)? ?(?:on|in)|run(?:s|ning)?|begin(?:s)?|pump[- ]?on|\bon at\b/g,
  },
  {
    role: 'stop',
    pattern:
      /停止|停机|停泵|关闭|关泵|停(?!止|机|泵)|stop(?:s|ped|ping)?|(?:switch|turn|cut|shut)(?:s|ed|ing)? ?(?:off|out|down)|pump[- ]?off|\boff at\b/g,
  },
]

export const timeRoles: readonly { readonly role: TimeRole; readonly pattern: RegExp }[] = [
  {
    role: 'swap',
    pattern:
      /交替|轮换|轮流|切换|倒换|换泵|轮值|(?:alternat|rotat|swap|switch|chang)\w*(?: \w+){0,2} after|alternat\w*|rotat\w*|swap\w*|chang(?:e|es|ing)[- ]?over|switch(?:es|ing)? over|take turns|every|每/g,
  },
  { role: 'delay', pattern: /延时|延迟|滞后|等待|保持|持续|delay\w*|wait\w*|debounc\w*|hold\w*|lasts?|after/g },
]

export const pumpWords = /泵|pump/
export const alternateWords =
  /交替|轮换|轮流|切换|倒换|互为备用|一用一备|轮值|alternat|rotat|swap|take turns|in turn|lead[-/ ]?lag|duty[-/ ]?(?:standby|assist)|change ?over/
export const levelWords =
  /液位|水位|料位|液面|水池|水箱|水井|集水|储罐|level|sump|tank|\bpit\b|\bwell\b|basin|reservoir|cistern/

export const drainWords =
  /排水|抽水|排污|污水|集水|排空|排涝|抽干|降水|提升泵|drain|sump|empt(?:y|ies|ying)|sewage|waste ?water|lift station|dewater|pump(?:s|ed|ing)? (?:it |the \w+ )?(?:out|down)/
export const fillWords = /补水|注水|进水|加水|供水|上水|灌|给水|fill|refill|top[- ]?up|feed|supply|replenish/

export const faultWords = /故障|跳闸|过载|failure|fault|fail(?:s|ed)?\b|trip(?:s|ped)?|break(?:s)? down|overload/
export const eachStartWords =
  /每次(?:启动|起动|停止|开泵)|每(?:启动|停止)一?1?次|逐次|(?:at|on|after|with) (?:each|every) (?:start|stop|run|cycle)|each time|every time|each (?:start|stop|cycle)/
/** Taken out first: their stop is no stop level. */
export const emergencyWords =
  /急停(?:按钮|开关)?|紧急停止|紧急停车|emergency[- ]stop(?:s|ped)?(?: button)?|e-?stop|estop/g
export const removeWords =
  /去掉|取消|删除|不要|不需要|无需|没有|不带|remove|without|\bdrop the|delete|no longer|no (?=high|low|delay|fault|alarm|assist)|cancel/
