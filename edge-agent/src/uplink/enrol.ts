/** The exchange of a one-time code for the agent's own secret, which is written where only this user may read it. */
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { AgentCredentials, failed, ok, type Problem, parser, type Result, routes } from '@millwright/contract'

export interface EnrolDeps {
  /** The plant server's address. */
  readonly http: string
  readonly agent: string
  readonly code: string
  readonly secretFile: string
  readonly fetch: typeof fetch
}

const credentials = parser(AgentCredentials)
const TIMEOUT_MS = 15_000

export async function enrol({
  http,
  agent,
  code,
  secretFile,
  fetch,
}: EnrolDeps): Promise<Result<AgentCredentials, Problem>> {
  const url = http.replace(/\/+$/, '')
  const refused = (detail: string): Result<never, Problem> =>
    failed({ code: 'MW-1018', place: agent, values: { url, detail } })
  // Before the code is spent: a secret that cannot be kept would be lost.
  const kept = `${secretFile}.new`
  try {
    mkdirSync(dirname(secretFile), { recursive: true, mode: 0o700 })
    rmSync(kept, { force: true })
    writeFileSync(kept, '', { mode: 0o600 })
  } catch (error) {
    return failed({ code: 'MW-0102', place: secretFile, values: { detail: messageOf(error) } })
  }
  try {
    const response = await fetch(url + routes.enrolAgent.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ agent, code }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const reply: unknown = await response.json().catch(() => undefined)
    if (!response.ok) return refused(textOf(reply) ?? `HTTP ${response.status}`)
    const parsed = credentials.parse(reply)
    if (!parsed.ok || parsed.value.agent !== agent) return refused('the reply is not of this agent')
    writeFileSync(kept, `${parsed.value.secret}\n`, { mode: 0o600 })
    chmodSync(kept, 0o600)
    renameSync(kept, secretFile)
    return ok(parsed.value)
  } catch (error) {
    return refused(messageOf(error))
  } finally {
    rmSync(kept, { force: true })
  }
}

const messageOf = (error: unknown): string => {
  const { message, cause } = error as Error & { cause?: { code?: string } }
  return cause?.code === undefined ? String(message) : `${message} (${cause.code})`
}

/** The server's own words. */
function textOf(reply: unknown): string | undefined {
  const { code, message } = (reply ?? {}) as { code?: string; message?: { en?: string } }
  return message?.en === undefined ? undefined : `${code} ${message.en}`
}
