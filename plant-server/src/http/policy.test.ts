import { ProblemReply, parser, ROLES, type Role, type Route, routes } from '@millwright/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decide } from '../security/policy.ts'
import { type PlantRig, SECRETS, startPlantRig } from '../testing/plant-rig.ts'

const CALLERS = ['nobody', 'agent', ...ROLES] as const
const refusal = parser(ProblemReply)
let rig: PlantRig
beforeAll(async () => {
  rig = await startPlantRig()
})
afterAll(() => rig.end())

async function headersOf(caller: (typeof CALLERS)[number]): Promise<Record<string, string>> {
  if (caller === 'nobody') return {}
  if (caller === 'agent')
    return { authorization: `Basic ${Buffer.from(`primary:${SECRETS.get('primary')}`).toString('base64')}` }
  return { authorization: `Bearer ${await rig.token(caller)}` }
}

/** Who may call, written out once more, by hand: a change of the table must be seen here. */
const OPEN = ['health', 'signIn', 'enrolAgent']
const AGENT_ONLY = ['putImage', 'imageUpload', 'putImagePart']
const ADMIN_ONLY = [
  'listEnrolments',
  'addAgent',
  'revokeAgent',
  'listUsers',
  'createUser',
  'changeUser',
  'listAudit',
  'verifyAudit',
  'deleteHistory',
]
const NOT_FOR_OPERATORS: readonly string[] = [
  ...ADMIN_ONLY,
  ...AGENT_ONLY,
  'exportHistory',
  'writeTag',
  'listCommands',
  'setLoopLevel',
  'reviewInspection',
  'importOrders',
  'whatIf',
  'undoPlan',
  'listPlcPrograms',
  'savePlcProgram',
  'draftPlc',
]

describe('policy matrix: every route, every caller', () => {
  for (const [_name, row] of Object.entries(routes) as [string, Route][]) {
    it.each(CALLERS)(`${row.method} ${row.path} as %s`, async caller => {
      const url = row.path.replaceAll(/:(\w+)/g, '1')
      const { statusCode, body } = await rig.plant.app.inject({
        method: row.method,
        url,
        headers: await headersOf(caller),
      })
      const who = caller === 'nobody' ? undefined : { role: caller }
      switch (decide(row.access, who)) {
        case 'allowed':
          expect([401, 403]).not.toContain(statusCode)
          break
        case 'nobody':
          expect(statusCode).toBe(401)
          expect(JSON.parse(body).code).toBe('MW-2001')
          break
        case 'role':
          expect(statusCode).toBe(403)
          expect(JSON.parse(body).code).toBe('MW-2002')
      }
      if (statusCode >= 400) expect(refusal.parse(JSON.parse(body))).toMatchObject({ ok: true })
    })
  }

  it('the table itself says what we mean', () => {
    const may = (role: Role) =>
      Object.entries(routes).flatMap(([name, row]) => (decide(row.access, { role }) === 'allowed' ? [] : [name]))
    expect(
      Object.entries(routes).flatMap(([name, row]) => (decide(row.access, undefined) === 'allowed' ? [name] : [])),
    ).toEqual(OPEN)
    expect(may('operator').sort()).toEqual([...NOT_FOR_OPERATORS].sort())
    for (const role of ROLES.filter(each => each !== 'administrator'))
      expect(may(role)).toEqual(expect.arrayContaining(ADMIN_ONLY))
  })
})
