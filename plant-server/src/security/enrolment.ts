/**
 * Who may connect as an agent. A person adds it and gets a code, good for once and for an hour; the agent exchanges the code
 * for a secret of its own. Codes and secrets are stored as hashes. Revoked: cut off at once, until a new code is exchanged.
 */
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import {
  type AgentCredentials,
  type AgentEnrolment,
  type Clock,
  type Enrolment,
  type EnrolmentCode,
  ProblemError,
} from '@millwright/contract'
import type { AgentRecords, StoredAgent } from '../stores/agents.ts'

export interface Enrolments {
  /** A new code; an older one of this agent is void. What the agent has now stays good until the code is exchanged. */
  add(agent: string, minutes?: number): Promise<EnrolmentCode>
  /** Refuses with MW-2061, whatever was wrong. */
  exchange(agent: string, code: string): Promise<AgentCredentials>
  /** Refuses with MW-2004 where there is no such agent. */
  revoke(agent: string): Promise<AgentEnrolment>
  list(): AgentEnrolment[]
  of(agent: string): Enrolment
  /** Its own secret, and not revoked. */
  isAgent(agent: string, secret: string | Buffer): boolean
  isRevoked(agent: string): boolean
}

export interface EnrolmentDeps {
  readonly records: AgentRecords
  /** Agents of the server's file, with their secrets. */
  readonly configured: ReadonlyMap<string, string>
  readonly group: string
  readonly hostId: string
  readonly clock: Clock
  readonly onRevoked: (agent: string) => void
}

const DEFAULT_MINUTES = 60
/** Without letters and digits that look alike: 31 ^ 12, some 59 bits. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

const hashed = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
/** In constant time. */
const same = (a: string, b: string) =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
const drawCode = () =>
  [0, 4, 8].map(() => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')).join('-')
/** As a person types it: small letters, without dashes. */
const plain = (code: string) => code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')

export async function createEnrolments(deps: EnrolmentDeps): Promise<Enrolments> {
  const { records, configured, clock } = deps
  const agents = new Map((await records.all()).map(each => [each.agent, each]))

  const save = async (agent: StoredAgent) => {
    await records.save(agent)
    agents.set(agent.agent, agent)
  }
  const known = (agent: string): StoredAgent =>
    agents.get(agent) ?? { agent, secretHash: undefined, code: undefined, revoked: false, since: clock.now() }

  function enrolment(agent: string): Enrolment {
    const stored = agents.get(agent)
    if (stored?.revoked === true) return 'revoked'
    if (stored?.secretHash !== undefined) return 'enrolled'
    if (configured.has(agent)) return 'configured'
    return stored?.code !== undefined && stored.code.expiresAt > clock.now() ? 'pending' : 'none'
  }
  function entry(agent: string): AgentEnrolment {
    const stored = agents.get(agent)
    const code = stored?.code !== undefined && stored.code.expiresAt > clock.now() ? stored.code : undefined
    return {
      agent,
      enrolment: enrolment(agent),
      since: stored?.since ?? 0,
      ...(code === undefined ? {} : { expiresAt: code.expiresAt }),
    }
  }
  /** Exchanges one at a time: a code is good for once. */
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work)
    turn = next.catch(() => undefined)
    return next
  }

  return {
    add: (agent, minutes = DEFAULT_MINUTES) =>
      inTurn(async () => {
        const code = drawCode()
        const expiresAt = clock.now() + minutes * 60_000
        await save({ ...known(agent), code: { hash: hashed(plain(code)), expiresAt } })
        return { agent, code, expiresAt }
      }),
    exchange: (agent, code) =>
      inTurn(async () => {
        const stored = agents.get(agent)
        const right = same(stored?.code?.hash ?? '', hashed(plain(code)))
        if (stored?.code === undefined || !right || stored.code.expiresAt <= clock.now())
          throw new ProblemError({ code: 'MW-2061', place: agent })
        const secret = randomBytes(32).toString('base64url')
        await save({ agent, secretHash: hashed(secret), code: undefined, revoked: false, since: clock.now() })
        return { agent, secret, group: deps.group, hostId: deps.hostId }
      }),
    revoke: agent =>
      inTurn(async () => {
        if (!agents.has(agent) && !configured.has(agent))
          throw new ProblemError({ code: 'MW-2004', values: { what: 'agent', id: agent } })
        await save({ agent, secretHash: undefined, code: undefined, revoked: true, since: clock.now() })
        deps.onRevoked(agent)
        return entry(agent)
      }),
    list: () => [...new Set([...configured.keys(), ...agents.keys()])].sort().map(entry),
    of: enrolment,
    isAgent(agent, secret) {
      const stored = agents.get(agent)
      if (stored?.revoked === true) return false
      const wanted = stored?.secretHash ?? (configured.has(agent) ? hashed(configured.get(agent)!) : undefined)
      return wanted !== undefined && same(wanted, hashed(secret))
    },
    isRevoked: agent => agents.get(agent)?.revoked === true,
  }
}
