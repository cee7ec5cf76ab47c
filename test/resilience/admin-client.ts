/** The plant's local administrator, as the command line is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentStatus, History, HistoryPoint, Inspection } from '@millwright/contract'
import type { RunningPlant } from '../journeys/support/plant.ts'
import { waitFor } from '../journeys/support/wait.ts'

export async function adminClient(plant: Pick<RunningPlant, 'data' | 'url'>) {
  const get = async <T>(path: string): Promise<T> => {
    // The token changes with each start of the server.
    const { token } = JSON.parse(readFileSync(join(plant.data, 'server', 'running.json'), 'utf8')) as { token: string }
    const reply = await fetch(`${plant.url}${path}`, { headers: { authorization: `Bearer ${token}` } })
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }
  /** While the server is down there is no answer yet. */
  const patient = async <T extends object>(path: string): Promise<T> => {
    let last: unknown
    try {
      return await waitFor(`an answer to ${path}`, 30_000, () =>
        get<T>(path).catch((error: unknown) => {
          last = error
          return undefined
        }),
      )
    } catch (error) {
      throw last ?? error
    }
  }
  return {
    history: async (tag: string, from: number, to: number): Promise<HistoryPoint[]> =>
      (await patient<History>(`/api/history?tag=${encodeURIComponent(tag)}&from=${from}&to=${to}`)).points,
    agents: () => patient<AgentStatus[]>('/api/agents'),
    inspections: () => patient<Inspection[]>('/api/inspections?limit=1000'),
  }
}
