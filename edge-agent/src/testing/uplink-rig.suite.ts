/** An uplink with a real outbox on a real disk, towards a test plant. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Problem, type Reading, systemClock, type TagDefinition } from '@millwright/contract'
import { type EdgeStore, openStore } from '../outbox/store.ts'
import { createEdgeNode } from '../uplink/edge-node.ts'
import { createImageUpload } from '../uplink/image-upload.ts'
import { openMqtt } from '../uplink/mqtt-link.ts'
import { DEFAULT_LIMITS } from '../uplink/send-window.ts'
import { createUplink } from '../uplink/uplink.ts'
import type { Uplink } from '../uplink/uplink-ports.ts'
import { GROUP, type TestPlant } from './plant.suite.ts'

export interface UplinkRig {
  readonly store: EdgeStore
  readonly uplink: Uplink
  readonly commands: string[]
  readonly problems: Problem[]
  /** Appends readings and waits until they are durable. */
  put(...values: number[]): Promise<number>
  /** Leaves as a kill does: nothing is said, nothing is closed but the file. */
  stop(): Promise<void>
  destroy(): void
}

export const DEFINITION: TagDefinition = {
  tag: 'a/x/y',
  agent: 'a',
  device: 'plc',
  source: 'opcua',
  type: 'float',
  unit: '%',
  description: { zh: '甲', en: 'A' },
  range: { low: 0, high: 100 },
}

export function startUplink(
  plant: TestPlant,
  more: {
    http?: string
    folder?: string
    resendMs?: number
    urls?: readonly string[]
    confirm?: 'host' | 'broker'
    hostId?: string | undefined
    aliases?: boolean
  } = {},
): UplinkRig {
  const folder = more.folder ?? mkdtempSync(join(tmpdir(), 'mw-uplink-'))
  const commands: string[] = []
  const problems: Problem[] = []
  let newest: Reading | undefined
  const store = openStore({
    folder,
    clock: systemClock,
    maxBytes: 2 ** 30,
    maxAgeMs: 3_600_000,
    commitMs: 20,
    onFault: () => {},
  })
  const uplink = createUplink({
    group: GROUP,
    agent: 'a',
    hostId: 'hostId' in more ? more.hostId : 'millwright',
    urls: more.urls ?? [plant.url],
    confirm: more.confirm ?? 'host',
    credentials: () => undefined,
    open: openMqtt,
    node: createEdgeNode({
      group: GROUP,
      agent: 'a',
      devices: ['plc'],
      definitions: () => [DEFINITION],
      newest: () => newest,
      typeOf: () => 'float',
      now: systemClock.now,
      aliases: more.aliases ?? true,
    }),
    outbox: store.outbox,
    counters: store.counters,
    images: createImageUpload({
      http: more.http ?? 'http://127.0.0.1:9',
      credentials: () => ({ user: 'a', password: 'secret' }),
      path: store.images.path,
      fetch,
    }),
    clock: systemClock,
    random: () => 0.5,
    onCommand: text => void commands.push(text),
    onState: () => {},
    onProblem: problem => void problems.push(problem),
    limits: { ...DEFAULT_LIMITS, resendMs: more.resendMs ?? DEFAULT_LIMITS.resendMs },
  })
  let t = Date.now()
  return {
    store,
    uplink,
    commands,
    problems,
    put(...values) {
      const body = values.map(value => ({ tag: DEFINITION.tag, t: t++, value, quality: 'good' as const }))
      newest = body.at(-1)
      return store.outbox.append({ kind: 'readings', device: 'plc', body })
    },
    async stop() {
      await uplink.stop()
      await store.close()
    },
    destroy: () => rmSync(folder, { recursive: true, force: true }),
  }
}
