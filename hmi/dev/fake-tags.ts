/** Tags of the made-up plant and their signals: smooth, repeatable functions of time. */
import type { Equipment, HistoryPoint, LiveValue, TagDefinition } from '@millwright/contract'

const text = (zh: string, en: string) => ({ zh, en })

export const equipment: Equipment[] = [
  { id: 'PLANT-1', level: 'site', name: text('第一工厂', 'Plant 1') },
  { id: 'PRIMARY', level: 'area', parent: 'PLANT-1', name: text('制丝车间', 'Primary processing') },
  { id: 'PACKING', level: 'area', parent: 'PLANT-1', name: text('包装车间', 'Packing') },
  { id: 'PRI-L1', level: 'work_center', parent: 'PRIMARY', name: text('制丝一线', 'Primary line 1') },
  { id: 'PRI-COND', level: 'work_unit', parent: 'PRI-L1', name: text('松散回潮机', 'Loosening and conditioning') },
  { id: 'PRI-CUT-1', level: 'work_unit', parent: 'PRI-L1', name: text('1 号切丝机', 'Cutter 1') },
  { id: 'PRI-DRY-1', level: 'work_unit', parent: 'PRI-L1', name: text('1 号滚筒烘丝机', 'Drum dryer 1') },
  { id: 'PRI-FLAV', level: 'work_unit', parent: 'PRI-L1', name: text('冷却加香机', 'Cooling and flavouring') },
  { id: 'PACK-C1', level: 'work_center', parent: 'PACKING', name: text('包装单元', 'Packing cell') },
  { id: 'PACK-1', level: 'work_unit', parent: 'PACK-C1', name: text('1 号包装机', 'Packer 1') },
]

interface Signal {
  readonly tag: TagDefinition
  readonly base: number
  readonly swing: number
  readonly noise: number
  readonly period_s: number
}

const signals: Signal[] = []

const add = (
  name: string,
  equipmentId: string,
  unit: string,
  zh: string,
  en: string,
  [base, swing, noise, period_s]: [number, number, number, number],
  more: Partial<TagDefinition> = {},
) => {
  const agent = name.slice(0, name.indexOf('/'))
  signals.push({
    tag: {
      tag: name,
      agent,
      device: 'plc',
      source: agent === 'primary' ? 'opcua' : 'modbus',
      type: 'float',
      unit,
      description: text(zh, en),
      equipment: equipmentId,
      ...more,
    },
    base,
    swing,
    noise,
    period_s,
  })
}
const range = (low: number, high: number) => ({ range: { low, high } })
const set = (low: number, high: number): Partial<TagDefinition> => ({ ...range(low, high), writable: { low, high } })
const flag: Partial<TagDefinition> = { type: 'boolean' }

const C = 'PRI-COND'
add('primary/conditioning/feed_rate', C, 'kg/h', '喂料流量', 'Leaf feed', [4980, 60, 25, 240], {
  ...range(0, 8000),
  limits: { lo: 3500, hi: 6500 },
})
add('primary/conditioning/feed_setpoint', C, 'kg/h', '喂料设定', 'Feed setpoint', [5000, 0, 0, 1], set(3000, 7500))
add('primary/conditioning/water_flow', C, 'kg/h', '加水流量', 'Water flow', [462, 14, 6, 180], range(0, 1000))
add('primary/conditioning/outlet_moisture', C, '%', '出口水分', 'Outlet moisture', [19.4, 0.5, 0.08, 420], {
  ...range(10, 30),
  limits: { lolo: 16, lo: 17.5, hi: 21, hihi: 22.5 },
})
add('primary/conditioning/outlet_temperature', C, '°C', '出口温度', 'Outlet temperature', [62, 1.5, 0.3, 300], {
  ...range(0, 100),
  limits: { lo: 55, hi: 70 },
})
const K = 'PRI-CUT-1'
add('primary/cutter/drum_speed', K, 'r/min', '刀辊转速', 'Knife drum speed', [412, 4, 2, 90], range(0, 600))
add('primary/cutter/motor_current', K, 'A', '刀辊电流', 'Motor current', [47, 6, 1.5, 60], {
  ...range(0, 80),
  limits: { hi: 52, hihi: 70 },
})
add('primary/cutter/cut_width', K, 'mm', '切丝宽度', 'Cut width', [0.98, 0.01, 0.004, 500], {
  ...range(0.5, 2),
  limits: { lo: 0.9, hi: 1.1 },
})
add('primary/cutter/running', K, '', '切丝机运行', 'Cutter runs', [1, 0, 0, 1], flag)
const D = 'PRI-DRY-1'
add('primary/dryer/inlet_moisture', D, '%', '入口水分', 'Inlet moisture', [19.2, 0.6, 0.1, 420], range(10, 30))
add('primary/dryer/steam_pressure', D, 'bar', '蒸汽压力', 'Steam pressure', [3.52, 0.08, 0.02, 150], {
  ...range(0, 8),
  limits: { hi: 6, hihi: 7 },
})
add(
  'primary/dryer/steam_pressure_setpoint',
  D,
  'bar',
  '蒸汽压力设定',
  'Steam pressure setpoint',
  [3.5, 0, 0, 1],
  set(0.5, 7),
)
add('primary/dryer/hot_air_temperature', D, '°C', '热风温度', 'Hot air temperature', [110.4, 1.2, 0.3, 200], {
  ...range(0, 180),
  limits: { lo: 95, hi: 130 },
})
add(
  'primary/dryer/hot_air_temperature_setpoint',
  D,
  '°C',
  '热风温度设定',
  'Hot air setpoint',
  [110, 0, 0, 1],
  set(80, 140),
)
add('primary/dryer/wall_temperature', D, '°C', '筒壁温度', 'Drum wall temperature', [138, 2, 0.4, 260], {
  ...range(0, 200),
  limits: { hi: 155, hihi: 165 },
})
add('primary/dryer/exhaust_humidity', D, 'g/kg', '排潮湿度', 'Exhaust humidity', [92, 8, 2, 240], range(0, 300))
add('primary/dryer/outlet_moisture', D, '%', '出口水分', 'Outlet moisture', [12.72, 0.38, 0.05, 380], {
  ...range(9, 16),
  limits: { lolo: 11, lo: 12, hi: 13, hihi: 14 },
})
add('primary/dryer/outlet_temperature', D, '°C', '出口温度', 'Outlet temperature', [58, 1.4, 0.3, 310], range(0, 120))
add('primary/dryer/interlock', D, '', '超温联锁', 'Overtemperature interlock', [0, 0, 0, 1], flag)
const F = 'PRI-FLAV'
add('primary/cooler/outlet_moisture', F, '%', '冷却后水分', 'Moisture after cooling', [12.3, 0.2, 0.04, 400], {
  ...range(9, 16),
  limits: { lo: 11.5, hi: 12.8 },
})
add(
  'primary/cooler/outlet_temperature',
  F,
  '°C',
  '冷却后温度',
  'Temperature after cooling',
  [31, 1, 0.2, 350],
  range(0, 80),
)
add('primary/cooler/flavour_flow', F, 'kg/h', '加香流量', 'Flavour flow', [21.8, 0.6, 0.2, 120], range(0, 80))
add('primary/cooler/flavour_setpoint', F, '%', '加香比例设定', 'Flavour setpoint', [0.5, 0, 0, 1], set(0, 2))
const P = 'PACK-1'
add('packing/packer/speed', P, 'pcs/min', '包装速度', 'Packing speed', [398, 6, 3, 90], {
  ...range(0, 500),
  limits: { lo: 300 },
})
add('packing/packer/speed_setpoint', P, 'pcs/min', '包装速度设定', 'Speed setpoint', [400, 0, 0, 1], set(0, 450))
add('packing/packer/good_count', P, 'pcs', '合格计数', 'Good count', [183_402, 0, 0, 1], { type: 'int' })
add('packing/packer/reject_count', P, 'pcs', '剔除计数', 'Reject count', [212, 0, 0, 1], { type: 'int' })
add('packing/packer/seal_temperature', P, '°C', '热封温度', 'Seal temperature', [182, 2, 0.5, 70], {
  ...range(0, 250),
  limits: { lo: 170, hi: 195 },
})
add('packing/packer/running', P, '', '运行', 'Running', [1, 0, 0, 1], flag)
add('packing/packer/guard_open', P, '', '防护门打开', 'Guard open', [0, 0, 0, 1], flag)
add('packing/packer/film_low', P, '', '薄膜不足', 'Film low', [1, 0, 0, 1], flag)

export const tags: TagDefinition[] = signals.map(signal => signal.tag)

/** Values that were written stay. */
export const written = new Map<string, number | boolean>()

const hash = (n: number): number => {
  const x = Math.sin(n * 12.9898) * 43758.5453
  return x - Math.floor(x)
}

/** A stretch of each hour is bad, as if the agent had been away; the wall sensor is uncertain for a while. */
const qualityAt = (tag: string, t: number): HistoryPoint[2] => {
  const minute = Math.floor(t / 60_000) % 60
  if (tag.startsWith('primary/') && minute >= 20 && minute < 22) return 'bad'
  return tag === 'primary/cutter/cut_width' ? 'uncertain' : 'good'
}

export function valueAt(name: string, t: number): LiveValue | undefined {
  const signal = signals.find(item => item.tag.tag === name)
  if (signal === undefined) return undefined
  const { tag, base, swing, noise, period_s } = signal
  const quality = qualityAt(name, t)
  const wave = Math.sin((t / 1000 / period_s) * 2 * Math.PI) + 0.4 * Math.sin((t / 1000 / period_s) * 5.1)
  const raw = base + swing * wave + noise * (hash(Math.floor(t / 1000) + base) * 2 - 1)
  const value = tag.type === 'boolean' ? base > 0.5 : tag.type === 'int' ? Math.round(base + ((t / 1000) % 1000)) : raw
  return {
    tag: name,
    t,
    value: quality === 'bad' ? null : (written.get(name) ?? value),
    quality,
    stale: name === 'packing/packer/film_low',
  }
}

export function historyOf(name: string, from: number, to: number, points: number): HistoryPoint[] {
  const step = Math.max(1000, Math.floor((to - from) / points))
  const rows: HistoryPoint[] = []
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) {
    const live = valueAt(name, t)
    if (live !== undefined) rows.push([t, live.value, live.quality])
  }
  return rows
}
