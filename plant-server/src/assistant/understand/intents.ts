/** What a question wants: cues in both languages, weighed; the tool with the most weight answers, if it has enough. */
import type { Memory } from '../conversations.ts'
import type { Entities } from './entities.ts'

/** Least weight at which a tool is chosen; below it the documents are asked, and then the question is refused. */
export const LEAST_WEIGHT = 2.5

/** A cue: counted once if the pattern is met, its weight may be negative. */
type Cue = readonly [weight: number, pattern: RegExp]

interface Intent {
  readonly tool: string
  readonly cues: readonly Cue[]
  /** Weight of what the question names and the conversation remembers. */
  readonly named?: (entities: Entities, memory: Memory) => number
}

/** Asking how something is done: the documents answer that, not the data. */
const HOW_TO =
  /怎么(?:办|做|处理|清|换|开|停|调|检|测|维|保|操|启|执)|(?<!会)怎样|(?<!会)如何(?!$|？|\?)|应该做什么|该做什么|处置|规程|作业指导|SOP|手册|步骤|第.{1,3}步|how (?:do|should|to|can|must) |how is .* (?:done|cleaned|tested|started)|what (?:must|should|do) (?:i|we|be)|what to do|procedure|instructions?|\bsteps?\b|policy|谁可以|who may|who can|\bmay (?:the|i|we|it)\b|允许|allowed to|注意什么|注意事项/i
/** Things the plant's data do not have, and orders that nothing here obeys. */
const UNKNOWN_MATTERS =
  /客户(?:是|名|叫|编号)|哪个客户|价格|售价|成本|利润|工资|薪|股票|天气|下雨|气温|新闻|食堂|世界杯|who is the customer|which customer|price|cost\b|profit|salary|wage|weather|rain|news|canteen|lunch|stock price|share price|world cup|capital of|joke|笑话|诗|poem|删除|删掉.{0,4}(?:所有|全部|工单|订单)|清空|忽略(?:以上|之前|所有)|ignore (?:all|previous|the|every)|\bdelete\b|drop table/i

const IF = /如果|假如|假设|要是|倘若|万一|what[- ]if|what happens|suppose|assume|\bif\b/i
/** An order that goes before the others. */
export const RUSH =
  /加急|急单|插单|插队|优先|紧急|(?:把|将).{0,16}提前|\brush\b|expedite|urgent order|prioriti[sz]e|squeeze in|(?:bring|move|pull) .{0,20}(?:forward|earlier)/i
const FUTURE =
  /预测|预报|预计|走向|将会|未来|forecast|predict(?:ed|ion)?|expected|\bwill\b.{0,40}\b(?:go|reach|become)\b|in the next .{0,8}(?:minutes?|hours?)/i
const REMEMBERED = /它|该单|这个单|此单|这单|\bit\b|\bthis order\b|\bthat order\b|\bthat one\b/i

const intents: readonly Intent[] = [
  {
    tool: 'draftPlc',
    cues: [
      [
        3,
        /\bplc\b|结构化文本|structured text|\bST\s*(?:代码|程序|code|program)|功能块|function block|梯形图|ladder logic/i,
      ],
      [
        2,
        /(?:写|编|生成|起草|设计|做).{0,12}(?:程序|代码|逻辑|控制)|(?:write|draft|generate|create|program|design|code)\b.{0,40}\b(?:program|code|logic|block|control)/i,
      ],
      [1, /(?:写|编|起草).{0,12}(?:程序|代码)|(?:write|draft)\b.{0,30}\b(?:program|code)\b/i],
      [2, /交替|轮换|轮流|alternat/i],
      [1, /急停|emergency[- ]stop|e-stop/i],
      [1, /泵|水泵|pumps?\b/i],
      [1, /液位|水位|level/i],
      [-4, /维护|保养|点检|maintenance|maintain|daily check|monthly/i],
    ],
    named: ({ text }, memory) =>
      memory.plcDraft !== undefined &&
      /改|换成|调整为|变成|加(?:一|个|入|装)|添加|(?:启动|停止|开泵|停泵).{0,8}\d|\d+\s*%?\s*(?:启动|停止)|\b(?:start|stop)\b.{0,12}\d|make .{0,12}pump|每\s*.{1,4}\s*(?:小时|分钟)|加上|增加|去掉|change|instead|make it|swap|every \S+ (?:hours?|minutes?)|add |remove |use \S+ (?:hours?|minutes?)/i.test(
        text,
      )
        ? 4
        : 0,
  },
  {
    tool: 'whatIf',
    cues: [
      [2, IF],
      [
        2,
        /停机|坏了|故障|停\s*.{1,3}\s*(?:小时|天)|检修|is down|goes down|\bdown\b|breaks?\b|broken|out of (?:order|service)|fails?\b|stops?\b|unavailable/i,
      ],
      [3, RUSH],
      [3, /重新排产|重排|重新计划|\breplan|reschedule|plan again/i],
      [-3, /^(?:为什么|why)/i],
    ],
    named: ({ equipment, duration, text }) =>
      (equipment.length > 0 ? 1 : 0) +
      (duration !== undefined ? 0.5 : 0) -
      (HOW_TO.test(text) && !IF.test(text) ? 4 : 0),
  },
  {
    tool: 'getOrder',
    cues: [
      [
        1,
        /什么时候|何时|几点|卡|怎么样|如何|按时|准时|按期|on time|多久|完成|交期|进度|状态|情况|到哪|done|finish|complete|status|due|\beta\b|\bwhen\b|ready|progress|deliver|hold(?:ing)? (?:up|back)|block|stuck|how is|doing|in time|miss|到哪|情况/i,
      ],
      [1, /为什么|为何|怎么.{0,3}晚|原因|延误|迟|晚|why|late|delay|behind/i],
    ],
    named: ({ orders, unknownOrders, text }, memory) =>
      // Nothing but an order's number asks how it stands.
      /^\s*(?:wo|mo|po|order|工单|订单)?[-\s]?\d{3,6}[\s?？。.!！]*$/i.test(text)
        ? 3
        : orders.length + unknownOrders.length > 0
          ? 2
          : memory.order !== undefined && REMEMBERED.test(text)
            ? 2
            : 0,
  },
  {
    tool: 'listLateOrders',
    cues: [
      [
        2,
        /延误|迟交|逾期|延期|拖期|超期|晚于交期|要晚|会晚|晚了|迟到|脱期|\blate\b|overdue|delayed|behind schedule|past due|at risk|有风险|来不及|赶不上|miss(?:es|ing)? (?:its|their) due/i,
      ],
      [
        1,
        /工单|订单|\borders?\b|哪些|哪几个|which|how many|多少|列出|\blist\b|\bjobs?\b|任务|anything|\bany\b|going to be|will be/i,
      ],
    ],
    named: ({ orders, unknownOrders }) => (orders.length + unknownOrders.length > 0 ? -4 : 0),
  },
  {
    tool: 'listOrders',
    cues: [
      [1.5, /工单|订单|\bwork orders?\b|\borders?\b/i],
      [
        1.2,
        /进行中|在制|挂起|已完成|已下达|已计划|running|on hold|\bheld\b|released|in progress|finished|open orders/i,
      ],
      [1, /多少|几个|哪些|列出|全部|所有|清单|how many|list|all |which|show/i],
    ],
    named: ({ orders, unknownOrders }) => (orders.length + unknownOrders.length > 0 ? -4 : 0),
  },
  {
    tool: 'getMachineLoad',
    cues: [
      [2.5, /负荷|负载|瓶颈|利用率|忙|排产情况|\bload(?:ed)?\b|bottleneck|utili[sz]ation|\bbusy\b|busiest/i],
      [
        1.5,
        /在做什么|在加工|正在生产|下一个|接下来|计划安排|做什么|what(?: is|'s) (?:running|on)|running on|next on|next order|scheduled on|working on/i,
      ],
      [-2, /如果|假如|what[- ]if/i],
    ],
    named: ({ equipment }) => (equipment.length > 0 ? 1.2 : 0),
  },
  {
    tool: 'getTagHistory',
    cues: [
      [
        2,
        /趋势|历史|变化|波动|最大|最小|平均|最高|最低|均值|范围|走势|trend|history|average|\bmean\b|max(?:imum)?\b|min(?:imum)?\b|highest|lowest|\brange\b|varied|over the (?:last|past)/i,
      ],
    ],
    named: ({ tags, time }) => (tags.length === 0 ? -10 : 1.2 + (time?.kind === 'span' ? 2 : 0)),
  },
  {
    tool: 'getTagValue',
    cues: [
      [
        1.2,
        /多少|多大|多高|是几|现在|当前|目前|实时|数值|读数|几度|值|what(?:'s| is| was| are)|current|\bnow\b|\bvalue\b|reading|how (?:much|high|hot|fast|full)|show|tell me/i,
      ],
      [-3, FUTURE],
      [-2, /能.{1,20}吗|可以.{1,20}吗|\bcan (?:i|we)\b/i],
      [-3, /(?:running|working|scheduled|next) on|在做什么|在加工|下一个|接下来/i],
    ],
    named: ({ tags: [best], time, text }, memory) => {
      const remembered = memory.tag !== undefined && time?.kind === 'instant' && REMEMBERED.test(text)
      // A name that fits well needs no question word: "steam pressure?".
      const fromTag = best === undefined ? (remembered ? 1.6 : -10) : best.score >= 0.5 ? 2.6 : 1.6
      return fromTag + (time?.kind === 'instant' ? 1 : 0)
    },
  },
  {
    tool: 'listTags',
    cues: [
      [2, /点位|点表|测点|\btags?\b|\bsignals?\b|measuring points/i],
      [1, /哪些|什么|多少|列出|有没有|which|what|list|how many|all|are there/i],
    ],
  },
  {
    tool: 'getForecast',
    cues: [
      [2.5, FUTURE],
      [1, /水分|moisture|dryer|烘丝/i],
    ],
    named: ({ orders }) => (orders.length > 0 ? -3 : 0),
  },
  {
    tool: 'listAlarms',
    cues: [
      [2, /报警|告警|警报|\balarms?\b/i],
      [
        1,
        /当前|现在|目前|有哪些|有没有|有什么|多少|几条|几次|哪些|没.{0,3}确认|未确认|活动|列出|active|current|\bany\b|which|\bnow\b|list|how many|open|unacknowledged|there|show|最近|昨|今|last|today|yesterday/i,
      ],
    ],
  },
  {
    tool: 'getQualitySummary',
    cues: [
      [
        4,
        /(?:good|良品).{0,25}(?:reject|fail|判废|剔除|误判)|reject.{0,20}good|过杀|漏检|误判率|误杀|合格率|不良率|直通率|overkill|over-kill|\bescapes?\b|escape rate|false reject|yield|pass rate|defect rate/i,
      ],
      [
        2.5,
        /缺陷分布|帕累托|pareto|defects? by class|哪类缺陷|哪种缺陷|(?:什么|啥)缺陷|最多的缺陷|主要(?:的)?缺陷|缺陷(?:主要)?是(?:什么|啥)|(?:most (?:frequent|common)|main|top) defects?/i,
      ],
      [
        2.5,
        /质量(?:情况|如何|怎么样|汇总|统计)|检验(?:情况|结果|统计|汇总)|inspection (?:results?|figures|summary)|quality (?:figures|summary|today)/i,
      ],
      [0.5, /今天|昨天|本周|today|yesterday|this week|率|rate/i],
    ],
  },
  {
    tool: 'getLot',
    cues: [
      [2, /批次|\blots?\b/i],
      [2.5, /检验报告|质量报告|inspection report|quality report/i],
      [1, /报告|\breport\b|最新|最近|newest|latest|情况|details?/i],
    ],
    named: ({ lot }) => (lot === undefined ? 0 : 1),
  },
  {
    tool: 'listInspections',
    cues: [
      [1.5, /检验记录|图像|图片|照片|inspections?|captures?|images?|panels?|screens?|屏/i],
      [1.2, /哪些|列出|多少|几张|几片|查看|显示|list|which|show|how many/i],
      [0.5, /抓到|发现|检出|查出|[张片](?:屏|图|没|未|还)|caught|found|detected/i],
    ],
    named: ({ verdict, defectClass, reviewed }) =>
      (verdict === undefined ? 0 : 0.8) + (defectClass === undefined ? 0 : 1) + (reviewed === undefined ? 0 : 1.2),
  },
  {
    tool: 'listAgents',
    cues: [
      [2.5, /边缘代理|采集代理|边缘端|\bedge agents?\b|\bagents?\b|代理/i],
      [1.5, /在线|离线|掉线|online|offline|connected|连接/i],
    ],
  },
]

/** Tools that a how-to question never wants. */
const DATA_TOOLS = new Set(intents.map(intent => intent.tool).filter(tool => tool !== 'draftPlc' && tool !== 'whatIf'))

export interface Scored {
  readonly tool: string
  readonly weight: number
}

/** All tools with their weight, heaviest first. */
export function scoreIntents(entities: Entities, memory: Memory): Scored[] {
  const { text } = entities
  const isHowTo = HOW_TO.test(text)
  const isUnknown = UNKNOWN_MATTERS.test(text)
  return intents
    .map(({ tool, cues, named }) => {
      const fromCues = cues.reduce((sum, [weight, pattern]) => sum + (pattern.test(text) ? weight : 0), 0)
      const against = (isHowTo && DATA_TOOLS.has(tool) ? 3 : 0) + (isUnknown ? 4 : 0)
      return { tool, weight: fromCues + (named?.(entities, memory) ?? 0) - against }
    })
    .sort((a, b) => b.weight - a.weight)
}

/** A wish to change a machine: nothing in words does that. A question how to do so, or what if, is none. */
const WRITE_WISH =
  /(?:把|将|帮我).{0,24}(?:设|调|改|升|降|加|减|提高|降低)(?:到|成|为|至|定|高|低)?\s*\d|^(?:请)?(?:打开|关闭|关掉|启动|停止|停掉).{2,16}$|\b(?:set|raise|lower|increase|reduce|change|turn)\b.{0,50}\b(?:to|by)\s*\d|^(?:please )?(?:open|close|start|stop|turn (?:on|off)|switch (?:on|off)) (?:the )?\S+/i

export const isWriteWish = (text: string): boolean => WRITE_WISH.test(text) && !IF.test(text) && !HOW_TO.test(text)

export const isUnknownMatter = (text: string): boolean => UNKNOWN_MATTERS.test(text)
