/** Everything of the made-up plant but its signals. */
import type {
  AgentStatus,
  Alarm,
  AlarmJournalEntry,
  AuditRecord,
  Forecast,
  Inspection,
  Loop,
  ModelInfo,
  OrderStatus,
  Plan,
  SetpointProposal,
  User,
} from '@millwright/contract'
import { valueAt } from './fake-tags.ts'

const text = (zh: string, en: string) => ({ zh, en })
const MIN = 60_000
const HOUR = 60 * MIN
const start = Date.now()

export const users: User[] = (['operator', 'qa_engineer', 'process_engineer', 'planner', 'administrator'] as const).map(
  role => ({ name: role.replace('_engineer', ''), role, lang: 'zh' as const, disabled: false, demo: true }),
)

export const loop: Loop = {
  loop: 'primary/dryer_moisture',
  agent: 'primary',
  target: 'primary/dryer/outlet_moisture',
  output: 'primary/dryer/steam_pressure_setpoint',
  level: 'advise',
  setpoint: 12.5,
  low: 12,
  high: 13,
  guard: { low: 2, high: 6, maxStep: 0.3 },
}

export function forecast(now: number): Forecast {
  const y0 = Number(valueAt(loop.target, now)?.value ?? 12.6)
  return {
    loop: loop.loop,
    target: loop.target,
    t: now,
    model: 'moisture-arx 1.0.0',
    state: 'trusted',
    points: Array.from({ length: 25 }, (_, i) => {
      const y = y0 + (12.95 - y0) * (1 - Math.exp(-i / 8))
      const spread = 0.06 + 0.05 * Math.sqrt(i)
      return { t: now + i * 10_000, y, lo: y - spread, hi: y + spread }
    }),
    contributions: [
      { tag: 'primary/dryer/inlet_moisture', value: 0.31 },
      { tag: 'primary/dryer/steam_pressure', value: -0.12 },
      { tag: 'primary/dryer/hot_air_temperature', value: -0.04 },
    ],
    reasons: [],
  }
}

export const proposals: SetpointProposal[] = [
  {
    id: 'p-2',
    loop: loop.loop,
    output: loop.output,
    t: start - 40_000,
    expiresAt: start + 20 * MIN,
    current: 3.5,
    proposed: 3.68,
    unit: 'bar',
    forecastNow: 12.94,
    forecastThen: 12.56,
    state: 'open',
    reasons: [
      {
        code: 'forecast_high',
        text: text(
          '预测 4 分钟后水分 12.94 %，高于目标 12.50 %',
          'Moisture is forecast at 12.94 % in 4 min, above the target 12.50 %',
        ),
        values: { forecast: 12.94 },
      },
      {
        code: 'inlet_moisture',
        text: text('主要原因：入口水分升高 0.31 %', 'Main cause: inlet moisture rose by 0.31 %'),
        values: { contribution: 0.31 },
      },
    ],
    refusals: [],
  },
  {
    id: 'p-1',
    loop: loop.loop,
    output: loop.output,
    t: start - 18 * MIN,
    expiresAt: start - 8 * MIN,
    current: 3.4,
    proposed: 3.5,
    unit: 'bar',
    forecastNow: 12.71,
    forecastThen: 12.5,
    state: 'written',
    reasons: [],
    refusals: [],
    readBack: 3.5,
    decidedBy: 'operator',
  },
]

const alarm = (
  name: string,
  priority: Alarm['priority'],
  state: Alarm['state'],
  ago: number,
  zh: string,
  en: string,
  more: Partial<Alarm> = {},
): Alarm => ({
  alarm: name,
  agent: name.slice(0, name.indexOf('/')),
  priority,
  state,
  message: text(zh, en),
  raisedAt: start - ago,
  changedAt: start - ago,
  ...more,
})
export const alarms: Alarm[] = [
  alarm(
    'primary/plc/Dryer.MoistureHigh',
    'high',
    'unack',
    3 * MIN,
    '烘丝机出口水分过高',
    'Dryer outlet moisture high',
    {
      tag: 'primary/dryer/outlet_moisture',
      equipment: 'PRI-DRY-1',
      value: 13.12,
      limit: 13,
    },
  ),
  alarm('primary/plc/Cutter.Current', 'medium', 'unack', 8 * MIN, '切丝机电流偏高', 'Cutter motor current high', {
    tag: 'primary/cutter/motor_current',
    equipment: 'PRI-CUT-1',
    value: 53.4,
    limit: 52,
  }),
  alarm('packing/plc/FilmLow', 'low', 'rtn_unack', 25 * MIN, '包装膜不足', 'Wrapping film low', {
    equipment: 'PACK-1',
  }),
  alarm('primary/agent/gap', 'low', 'acked', 2 * HOUR, '数据缺口', 'Gap in the data', { acknowledgedBy: 'operator' }),
]
export const journal: AlarmJournalEntry[] = alarms.flatMap((item, i) => [
  {
    id: 20 - i * 2,
    alarm: item.alarm,
    t: item.changedAt,
    from: 'normal' as const,
    to: item.state,
    message: item.message,
  },
  {
    id: 19 - i * 2,
    alarm: item.alarm,
    t: item.raisedAt - 40 * MIN,
    from: 'acked' as const,
    to: 'normal' as const,
    by: 'operator',
    message: item.message,
  },
])

export const agents: AgentStatus[] = ['primary', 'packing', 'screens'].map((agent, i) => ({
  agent,
  online: i !== 1,
  since: start - 5 * HOUR,
  lastSeen: start - (i === 1 ? 4 * MIN : 500),
  tags: [23, 8, 4][i] ?? 0,
  devices: [{ device: 'plc', online: i !== 1 }],
  outboxPending: i === 1 ? 1840 : 3,
  outboxDropped: 0,
  gaps: i,
}))

export const models: ModelInfo[] = [
  {
    name: 'screen-defects',
    version: '1.0.0',
    kind: 'segmentation',
    sha256: 'ab'.repeat(32),
    metrics: { auroc: 0.981, pixel_f1: 0.74, milliseconds: 212 },
    limits: ['trained on rendered panels', 'no curved screens'],
  },
  {
    name: 'moisture-arx',
    version: '1.0.0',
    kind: 'forecast',
    sha256: 'cd'.repeat(32),
    metrics: { rmse: 0.112, coverage: 0.903, horizon_s: 240 },
    limits: ['inlet moisture 16-23 %'],
  },
]

export const audit: AuditRecord[] = ['proposal.accept', 'alarm.acknowledge', 'user.create', 'plan.publish'].map(
  (action, i) => ({
    seq: 40 - i,
    t: start - i * 17 * MIN,
    person: 'operator',
    role: 'operator',
    action,
    subject: ['primary/dryer/steam_pressure_setpoint', 'primary/plc/Dryer.MoistureHigh', 'li', 'plan-7'][i] ?? '',
    before: i === 0 ? 3.4 : null,
    after: i === 0 ? 3.5 : null,
    reason: i === 0 ? '水分偏高' : '',
    hash: '9f'.repeat(32),
  }),
)

export const inspections: Inspection[] = Array.from({ length: 12 }, (_, i) => ({
  id: `AOI-1:${'0'.repeat(62)}${String(i).padStart(2, '0')}:LCD${100 + i}_white.png`,
  station: 'AOI-1',
  t: start - i * 12_000,
  sha256: `${'0'.repeat(62)}${String(i).padStart(2, '0')}`,
  bytes: 812_000,
  mediaType: 'image/png',
  agent: 'screens',
  lot: 'WO-2031',
  line: {
    image: `LCD${100 + i}_white.png`,
    panel: `LCD${100 + i}`,
    pattern: 'white' as const,
    width: 1600,
    height: 1000,
    verdict: i % 5 === 2 ? ('fail' as const) : i % 7 === 3 ? ('review' as const) : ('pass' as const),
    score: i % 5 === 2 ? 0.93 : 0.08,
    defects:
      i % 5 === 2
        ? [
            {
              class: 'scratch' as const,
              score: 0.93,
              bbox: [420, 310, 240, 18] as [number, number, number, number],
              area_px: 1210,
              area_pct: 0.08,
              reasons: [],
            },
          ]
        : [],
    reasons: [],
    ms: { decode: 20, locate: 18, infer: 190, rules: 6, total: 234 },
    model: 'screen-defects 1.0.0',
    recipe: 'default 1',
  },
}))

const order = (i: number, state: OrderStatus['order']['state'], equipment: string, late: number): OrderStatus => ({
  order: {
    id: `WO-${1040 + i}`,
    product: i % 2 === 0 ? 'CUT-A' : 'CUT-B',
    productName: i % 2 === 0 ? text('A 牌烟丝', 'Cut tobacco A') : text('B 牌烟丝', 'Cut tobacco B'),
    quantity: 5200 + i * 400,
    unit: 'kg',
    release: start - 6 * HOUR,
    due: start + (i + 1) * 5 * HOUR,
    priority: 1,
    state,
    materials: [{ material: 'LEAF-A', name: text('A 级烟叶', 'Leaf grade A'), quantity: 5400, unit: 'kg' }],
    operations: [
      {
        operation: 0,
        segment: text('烘丝', 'Drying'),
        alternatives: [{ equipment, minutes: 240 }],
        state: state === 'running' ? 'running' : 'waiting',
        ...(state === 'running' ? { actualStart: start - 100 * MIN } : {}),
      },
    ],
    remark: '',
  },
  plannedEnd: start + (i + 1) * 5 * HOUR + late * MIN,
  lateMinutes: late,
  reasons:
    late > 0 ? [{ code: 'machine', text: text('烘丝机被占用', 'The dryer is taken'), values: { equipment } }] : [],
})
export const orders: OrderStatus[] = [
  order(3, 'running', 'PRI-DRY-1', 0),
  order(4, 'released', 'PRI-DRY-1', 0),
  order(5, 'released', 'PRI-DRY-1', 95),
  order(6, 'planned', 'PRI-DRY-1', 0),
  order(7, 'released', 'PACK-1', 20),
]
export const plan: Plan = {
  id: 'plan-7',
  state: 'published',
  createdAt: start - HOUR,
  createdBy: 'planner',
  publishedAt: start - HOUR,
  title: text('首个计划', 'First plan'),
  operations: orders.map(({ order: item }, i) => ({
    order: item.id,
    operation: 0,
    equipment: item.operations[0]?.alternatives[0]?.equipment ?? '',
    start: start - 100 * MIN + i * 4 * HOUR,
    end: start + 140 * MIN + i * 4 * HOUR,
    setupMinutes: 25,
    frozen: i === 0,
  })),
  downtimes: [],
  objective: { weightedTardiness: 115, makespanMinutes: 1900, lateOrders: 2 },
  bound: 40,
  verified: true,
  seconds: 10,
}
