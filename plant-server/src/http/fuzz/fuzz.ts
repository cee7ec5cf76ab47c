/** Throws made-up bodies at every route of a running server and looks at what comes back. */
import { request } from 'node:http'
import { ProblemReply, parser, type Route, type RouteName, routes } from '@millwright/contract'
import { drawFrom, fuzzBody } from './mutate.ts'

export interface FuzzOptions {
  readonly url: string
  /** A caller's Authorization header, by turns. */
  readonly callers: readonly string[]
  readonly count: number
  readonly seed: number
  /** Routes that are passed over: those that end what is fuzzed. */
  readonly except?: readonly RouteName[]
}

export interface FuzzResult {
  readonly sent: number
  /** Replies by status. */
  readonly statuses: Readonly<Record<string, number>>
  /** Refusals by their code. */
  readonly codes: Readonly<Record<string, number>>
  /** Replies that are our fault or carry no code, and requests without a reply; a few of them. */
  readonly faults: readonly string[]
}

const refusal = parser(ProblemReply)
const AT_ONCE = 16
const MOST_FAULTS = 20

export async function fuzzBodies({ url, callers, count, seed, except = [] }: FuzzOptions): Promise<FuzzResult> {
  const statuses: Record<string, number> = {}
  const codes: Record<string, number> = {}
  const faults: string[] = []
  const targets = (Object.keys(routes) as RouteName[])
    .filter(name => !except.includes(name))
    .map(name => ({ name, row: routes[name] as Route }))
  // Bodies are for those that take one; the others get some all the same.
  const taking = targets.filter(({ row }) => row.method !== 'GET')
  const draw = drawFrom(seed)
  const told = (fault: string) => {
    if (faults.length < MOST_FAULTS) faults.push(fault)
  }
  let sent = 0
  const one = async () => {
    const list = draw() < 0.85 ? taking : targets
    const target = list[Math.floor(draw() * list.length)]!
    const { name, row } = target
    const { contentType, body } = fuzzBody(row.body, draw)
    const caller = callers[Math.floor(draw() * callers.length)] ?? ''
    const path = row.path.replaceAll(
      /:(\w+)/g,
      () => ['1', 'a%00b', '..%2f..', '%F0%9F%98%80'][Math.floor(draw() * 4)]!,
    )
    const number = sent
    sent += 1
    try {
      const { status, text } = await send(`${url}${path}`, row.method, caller, contentType, body)
      statuses[status] = (statuses[status] ?? 0) + 1
      if (status < 400) return
      const reply = parsed(text)
      if (reply === undefined) return told(`#${number} ${name}: ${status} without a code: ${text.slice(0, 120)}`)
      codes[reply] = (codes[reply] ?? 0) + 1
      if (status >= 500 && status !== 503)
        told(`#${number} ${name}: ${status} ${reply} for ${String(body).slice(0, 200)}`)
    } catch (error) {
      told(`#${number} ${name}: no reply: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const lane = async () => {
    while (sent < count) await one()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return { sent, statuses, codes, faults }
}

function parsed(text: string): string | undefined {
  try {
    const reply = refusal.parse(JSON.parse(text))
    return reply.ok ? reply.value.code : undefined
  } catch {
    return undefined
  }
}

function send(url: string, method: string, caller: string, contentType: string, body: string | Buffer) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const headers: Record<string, string | number> = { 'content-length': Buffer.byteLength(body) }
    if (caller !== '') headers.authorization = caller
    // A header that HTTP forbids is the client's own to refuse: sent as Latin-1.
    if (contentType !== '') headers['content-type'] = contentType
    const asked = request(url, { method, headers, timeout: 30_000 }, reply => {
      let text = ''
      reply.setEncoding('utf8')
      reply.on('data', part => {
        text += part
      })
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, text }))
      reply.on('error', reject)
    })
    asked.on('timeout', () => asked.destroy(new Error('no answer within 30 s')))
    asked.on('error', error => {
      // The server may refuse what is too large before all of it has been sent.
      if (Buffer.byteLength(body) > 1_000_000 && 'code' in error && /ECONNRESET|EPIPE/.test(String(error.code)))
        resolve({ status: 413, text: '{"code":"MW-2018","message":{"zh":"","en":""}}' })
      else reject(error)
    })
    asked.end(body)
  })
}
