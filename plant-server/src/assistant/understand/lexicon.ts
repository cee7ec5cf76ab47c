/** Words of the plant in both languages that mean the same. A concept's id is its English name; extend a row to teach a synonym. */

export interface Concept {
  readonly id: string
  readonly zh: readonly string[]
  readonly en: readonly string[]
}

const concept = (id: string, zh: string, en: string): Concept => ({
  id,
  zh: zh.split(' ').filter(word => word !== ''),
  en: en.split('|').filter(word => word !== ''),
})

export const concepts: readonly Concept[] = [
  // Equipment
  concept('dryer', '滚筒烘丝机 烘丝机 烘丝 烘干机 干燥机', 'drum dryer|dryer|drier|drying'),
  concept('drum', '滚筒 筒壁 筒体', 'drum|wall'),
  concept('cutter', '切丝机 切丝', 'cutter|cutting|shredder'),
  concept(
    'conditioning',
    '松散回潮机 松散回潮 回潮机 回潮 加水',
    'loosening and conditioning|loosening|conditioning|conditioner|casing',
  ),
  concept('flavouring', '加香机 加香 加料', 'flavouring|flavoring|flavour|flavor'),
  concept('cooling', '冷却', 'cooling|cooler'),
  concept('packer', '包装机', 'packer|packing machine|wrapper'),
  concept('packing', '包装单元 包装车间 包装线 包装', 'packing cell|packing'),
  concept('case', '装箱机 装箱', 'case packer|caser|case'),
  concept('bonder', '贴合机 贴合 邦定机 邦定', 'bonder|bonding'),
  concept('assembly', '组装台 组装 装配台 装配', 'assembly'),
  concept('station', '工位 检测站 外观检测站', 'aoi station|station'),
  concept('screen', '屏幕', 'screen'),
  concept('pump', '水泵 泵', 'pump'),
  concept('primary', '制丝线 制丝车间 制丝', 'primary line|primary processing|primary'),
  // Places
  concept('outlet', '出口 出料口 出料', 'outlet|exit|discharge|leaving'),
  concept('inlet', '入口 进口 进料口 来料', 'inlet|entry|incoming|entering'),
  // Quantities
  concept('moisture', '含水率 水分 水份 湿度', 'moisture content|moisture|water content|humidity'),
  concept('temperature', '温度 热风温 壁温', 'temperature|temp|how hot|how warm'),
  concept('pressure', '压力 气压 汽压', 'pressure'),
  concept('steam', '蒸汽', 'steam'),
  concept('feed', '进料流量 喂料量 进料 喂料 投料', 'feed rate|feed|infeed'),
  concept('flow', '流量', 'flow rate|flow|throughput'),
  concept('hot_air', '热风 热空气', 'hot air'),
  concept('damper', '排潮风门 风门', 'exhaust damper|damper'),
  concept('exhaust', '排潮 排风', 'exhaust'),
  concept('air', '风量', 'air flow|airflow'),
  concept('valve', '阀 开度', 'valve|opening'),
  concept('knife', '刀辊 刀', 'knife|knives'),
  concept('residence', '停留时间', 'residence time|residence'),
  concept('evaporation', '蒸发量 蒸发', 'evaporation'),
  concept('ambient', '环境 室内', 'ambient|room'),
  concept('cabinet', '柜内 机柜 控制柜 电柜', 'cabinet'),
  concept('interlock', '联锁', 'interlock'),
  concept('width', '切丝宽度 宽度', 'cut width|width'),
  concept('water', '加水比例 加水量 加水', 'water addition|water'),
  concept('setpoint', '设定值 设定 目标值 目标', 'setpoint|set point|target|sp'),
  concept('level', '液位 料位 水位', 'level'),
  concept('speed', '速度 转速 车速', 'speed|rpm|how fast'),
  concept('count', '产量 计数 数量 件数 个数', 'count|counter|produced|output|total'),
  concept('reject', '剔除 不良数 废品', 'rejects|reject|rejected|scrap'),
  concept('running', '运行状态 运行', 'running|run state'),
  concept('stopped', '停机状态', 'stopped'),
  concept('emergency_stop', '急停', 'emergency stop|e-stop|estop'),
  concept('power', '功率 电量 能耗', 'power|energy'),
  concept('current', '电流', 'motor current|amperage'),
  concept('voltage', '电压', 'voltage'),
  concept('vibration', '振动', 'vibration'),
  concept('weight', '重量', 'weight'),
  concept('door', '防护门 门', 'guard door|door'),
  concept('jam', '堵料 卡料', 'jam'),
  concept('outbox', '待发 缓存', 'outbox|pending'),
]

/** Concepts that name a thing that is measured: without one of them a text does not ask for a tag. */
export const quantities: ReadonlySet<string> = new Set(
  'moisture temperature pressure steam feed flow hot_air damper water setpoint level speed count reject running stopped power current voltage vibration weight jam emergency_stop outbox air valve residence evaporation interlock width'.split(
    ' ',
  ),
)

const isWordChar = (char: string | undefined) => char !== undefined && /[a-z0-9]/.test(char)

/** Ids of the concepts that a text names; where one name contains another, the longer one hides the shorter. */
export function conceptsIn(text: string): Set<string> {
  const folded = text.normalize('NFKC').toLowerCase().replaceAll('_', ' ')
  const found: { id: string; from: number; to: number }[] = []
  for (const { id, zh, en } of concepts) {
    for (const word of [...zh, ...en]) {
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
        const isLatin = /^[a-z]/.test(word)
        const end = at + word.length
        const after = folded[end] === 's' && !isWordChar(folded[end + 1]) ? undefined : folded[end]
        if (isLatin && (isWordChar(folded[at - 1]) || isWordChar(after))) continue
        found.push({ id, from: at, to: end })
      }
    }
  }
  const isHidden = (one: (typeof found)[number]) =>
    found.some(other => other.from <= one.from && other.to >= one.to && other.to - other.from > one.to - one.from)
  return new Set(found.filter(one => !isHidden(one)).map(one => one.id))
}
