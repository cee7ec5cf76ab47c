/** What the plant server holds, asked by its public door until it answers. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentStatus, History, HistoryPoint, Inspection } from '@millwright/contract'
import { waitFor } from '../journeys/support/wait.ts'

export interface Stored {
  agent(): Promise<AgentStatus | undefined>
  history(tag: string): Promise<readonly HistoryPoint[]>
  inspections(): Promise<Inspection[]>
  /** SHA-256 of the image as the server gives it. */
  image(sha256: string): Promise<Buffer>
}

const FAR = 4e12
const PAGE = 500

export function storedAt(url: string, data: string): Stored {
  const ask = async (path: string): Promise<Response> => {
    let last: unknown
    const once = async () => {
      try {
        // The token changes with each start of the server.
        const { token } = JSON.parse(readFileSync(join(data, 'server', 'running.json'), 'utf8')) as { token: string }
        const reply = await fetch(`${url}${path}`, {
          headers: { authorization: `Bearer ${token}` },
          signal: AbortSignal.timeout(20_000),
        })
        if (reply.ok) return reply
        last = new Error(`${path}: ${reply.status} ${await reply.text()}`)
      } catch (error) {
        last = error
      }
      return undefined
    }
    try {
      return await waitFor(`an answer to ${path}`, 60_000, once)
    } catch (error) {
      throw last ?? error
    }
  }
  const get = async <T>(path: string) => (await (await ask(path)).json()) as T
  return {
    agent: async () => (await get<AgentStatus[]>('/api/agents'))[0],
    history: async tag => (await get<History>(`/api/history?tag=${encodeURIComponent(tag)}&from=0&to=${FAR}`)).points,
    async inspections() {
      const found = new Map<string, Inspection>()
      let before = FAR
      for (;;) {
        const page = await get<Inspection[]>(`/api/inspections?limit=${PAGE}&before=${before}`)
        for (const each of page) found.set(each.id, each)
        const oldest = page.at(-1)?.t
        if (page.length < PAGE || oldest === undefined || oldest >= before) return [...found.values()]
        before = oldest
      }
    },
    image: async sha256 => Buffer.from(await (await ask(`/api/images/${sha256}`)).arrayBuffer()),
  }
}
