/** Answers of the made-up plant, one a row of the contract's table; each is checked against its schema. */
import { type CommandResult, parser, type Role, type RouteName, routes, type ServerMessage } from '@millwright/contract'
import * as state from './fake-state.ts'
import { equipment, historyOf, tags, valueAt, written } from './fake-tags.ts'

export interface Call {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: Record<string, unknown>
  readonly user: string | undefined
  publish(message: Omit<ServerMessage, 'seq'>): void
}

const time = (value: string | null): number => {
  const number = Number(value)
  return Number.isFinite(number) && value !== null ? number : Date.parse(value ?? '')
}
const userOf = (name: string | undefined) => state.users.find(user => user.name === name)
const result = (more: Partial<CommandResult> = {}): CommandResult => ({
  id: `c-${Date.now()}`,
  status: 'done',
  t: Date.now(),
  ...more,
})
const refused = (detail: string): CommandResult =>
  result({
    status: 'refused',
    code: 'MW-1008',
    text: { zh: `防护拒绝：${detail}`, en: `The guard refuses: ${detail}` },
  })
const rate = (events: number, of: number) => ({
  events,
  of,
  rate: events / of,
  lower: 0.004,
  upper: 0.06,
  confidence: 0.95,
})

function decide(call: Call, next: 'written' | 'rejected'): CommandResult {
  const proposal = state.proposals.find(item => item.id === call.params.id)
  if (proposal === undefined) return refused('unknown')
  const value = typeof call.body.value === 'number' ? call.body.value : proposal.proposed
  const { low, high } = state.loop.guard
  const before = proposal.current
  if (next === 'written' && (value < low || value > high)) {
    const detail = `${value} bar ∉ [${low}, ${high}]`
    Object.assign(proposal, {
      state: 'refused',
      decidedBy: call.user,
      refusals: [{ code: 'limit', text: { zh: `超出限值 ${detail}`, en: `Outside the limits ${detail}` }, values: {} }],
    })
    call.publish({ type: 'proposal', proposal } as never)
    return refused(detail)
  }
  Object.assign(proposal, { state: next, decidedBy: call.user, ...(next === 'written' ? { readBack: value } : {}) })
  if (next === 'written') written.set(proposal.output, value)
  call.publish({ type: 'proposal', proposal } as never)
  return result(next === 'written' ? { before, readBack: value } : {})
}

type Handlers = Partial<Record<RouteName, (call: Call) => unknown>>

const handlers: Handlers = {
  health: () => ({ status: 'ok', version: 'fake' }),
  signIn: ({ body }) => ({ user: userOf(String(body.name)), token: 'fake' }),
  session: ({ user }) => ({ user: userOf(user), timeZone: 'Asia/Shanghai' }),
  signOut: () => ({ ok: true }),
  setLang: ({ user, body }) => ({ user: Object.assign(userOf(user) ?? {}, { lang: body.lang }) }),
  listUsers: () => state.users,
  createUser: ({ body }) => {
    const user = {
      name: String(body.name),
      role: body.role as Role,
      lang: body.lang as 'zh',
      disabled: false,
      demo: false,
    }
    state.users.push(user)
    return user
  },
  changeUser: ({ params, body }) => {
    const { role, disabled } = body
    return Object.assign(
      userOf(params.id) ?? {},
      role === undefined ? {} : { role },
      disabled === undefined ? {} : { disabled },
    )
  },
  addAgent: ({ body }) => ({
    agent: String(body.agent),
    code: 'K7MQ-2XHD-9PWB',
    expiresAt: Date.now() + 3_600_000,
  }),
  revokeAgent: ({ params }) => ({ agent: String(params.id), enrolment: 'revoked', since: Date.now() }),
  listAudit: () => state.audit,
  verifyAudit: () => ({ ok: true, records: 40 }),
  listTags: () => tags,
  values: ({ query }) =>
    (query.get('tags')?.split(',') ?? tags.map(tag => tag.tag))
      .map(tag => valueAt(tag, Date.now()))
      .filter(value => value !== undefined),
  history: ({ query }) => {
    const tag = query.get('tag') ?? ''
    return {
      tag,
      unit: tags.find(item => item.tag === tag)?.unit ?? '',
      points: historyOf(tag, time(query.get('from')), time(query.get('to')), Number(query.get('points') ?? 2000)),
    }
  },
  valueAt: ({ query }) => valueAt(query.get('tag') ?? '', time(query.get('at'))) ?? null,
  listAlarms: () => state.alarms.filter(alarm => alarm.state !== 'normal'),
  alarmJournal: () => state.journal,
  acknowledgeAlarm: ({ body, user, publish }) => {
    const alarm = state.alarms.find(item => item.alarm === body.alarm)
    if (alarm === undefined) return refused('unknown')
    Object.assign(alarm, {
      state: alarm.state === 'rtn_unack' ? 'normal' : 'acked',
      acknowledgedBy: user,
      changedAt: Date.now(),
    })
    publish({ type: 'alarm', alarm } as never)
    return result()
  },
  listAgents: () => state.agents,
  listModels: () => state.models,
  writeTag: ({ body }) => {
    const tag = tags.find(item => item.tag === body.tag)
    const value = body.value as number
    if (tag?.writable === undefined || value < tag.writable.low || value > tag.writable.high) return refused(`${value}`)
    const before = valueAt(tag.tag, Date.now())?.value
    written.set(tag.tag, value)
    return result({ before: Number(before), readBack: value })
  },
  listCommands: () => [],
  listLoops: () => [state.loop],
  setLoopLevel: ({ body, publish }) => {
    Object.assign(state.loop, { level: body.level })
    publish({ type: 'loop', loop: state.loop } as never)
    return result()
  },
  enterLaboratorySample: () => result({ before: 0, readBack: -0.04 }),
  latestForecast: () => state.forecast(Date.now()),
  listSetpointProposals: () => state.proposals,
  acceptSetpointProposal: call => decide(call, 'written'),
  rejectSetpointProposal: call => decide(call, 'rejected'),
  listInspections: () => state.inspections,
  getInspection: ({ params }) => state.inspections.find(item => item.id === params.id),
  qualitySummary: () => ({
    from: Date.now() - 8 * 3_600_000,
    to: Date.now(),
    captures: 412,
    pass: 396,
    fail: 11,
    review: 4,
    errors: 1,
    reviewed: 9,
    escape: rate(0, 8),
    overkill: rate(1, 30),
    byClass: [{ class: 'scratch', captures: 7, defects: 9 }],
  }),
  listLots: () => [],
  listEquipment: () => equipment,
  listOrders: () => state.orders,
  getOrder: ({ params }) => state.orders.find(item => item.order.id === params.id),
  currentPlan: () => state.plan,
  listActionProposals: () => [],
  listTools: () => [],
  listKnowledge: () => [],
}

export interface Reply {
  readonly status: number
  readonly body: unknown
}
const problem = (status: number, code: string, zh: string, en: string): Reply => ({
  status,
  body: { code, message: { zh, en } },
})

export function answer(name: RouteName, call: Call): Reply {
  const row = routes[name]
  const user = userOf(call.user)
  if (row.access !== 'open' && user === undefined)
    return problem(401, 'MW-2001', '未登录。请登录', 'Not signed in. Sign in')
  if (name === 'signIn' && (userOf(String(call.body.name)) === undefined || call.body.password === 'wrong'))
    return problem(401, 'MW-2003', '用户名或密码错误。请重试', 'User name or password is wrong. Try again')
  if (Array.isArray(row.access) && user !== undefined && !row.access.includes(user.role))
    return problem(403, 'MW-2002', `角色 ${user.role} 无权执行`, `Role ${user.role} may not do this`)
  const body = handlers[name]?.(call)
  if (body === undefined) return problem(404, 'MW-2004', '没有', 'There is no such thing')
  if ('reply' in row) {
    const parsed = parser(row.reply).parse(body)
    if (!parsed.ok) {
      console.error('fake reply does not fit its schema', name, parsed.fault)
      return problem(500, 'MW-0103', '假数据不符合格式', `fake reply of ${name} does not fit`)
    }
  }
  return { status: 200, body }
}
