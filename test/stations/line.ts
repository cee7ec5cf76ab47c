/** An agent with one station: its file, its process-in-process, a camera that is triggered by wire. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type InspectionLine, systemClock } from '@millwright/contract'
import { type Agent, createAgent, type Inspector, limitsGuard, loadConfig, openMqtt } from '@millwright/edge-agent'
import { encodePng } from '@millwright/models/synth'
import { SIGNALS, type Signal } from './plc.ts'

export const freePort = (): Promise<number> =>
  new Promise(resolve => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

export const TOKEN = 'token-of-the-camera'

export interface LineFile {
  readonly folder: string
  readonly file: string
  readonly pushPort: number
  remove(): void
}

/** `device`: the source of the station's tags; `station`: what differs from the usual. */
export async function writeLineFile(
  device: Readonly<Record<string, unknown>>,
  address: (signal: Signal) => string,
  station: Readonly<Record<string, unknown>> = {},
): Promise<LineFile> {
  const folder = mkdtempSync(join(tmpdir(), 'mw-station-'))
  const pushPort = await freePort()
  writeFileSync(join(folder, 'token'), TOKEN)
  const types: Partial<Record<Signal, string>> = { panel: 'string', resultPanel: 'string' }
  const flags: readonly Signal[] = ['trigger', 'busy', 'valid', 'ack']
  const config = {
    agent: 'cell',
    group: 'test',
    data: join(folder, 'data'),
    server: { mqtt: 'mqtt://127.0.0.1:1', http: 'http://127.0.0.1:1' },
    sources: [
      { id: 'plc', ...device },
      { id: 'aoi', kind: 'camera', station: 'AOI-1', push: { port: pushPort, tokenFile: './token' } },
    ],
    tags: SIGNALS.map(signal => ({
      name: `plc/${signal.toLowerCase()}`,
      source: 'plc',
      address: address(signal),
      type: flags.includes(signal) ? 'boolean' : (types[signal] ?? 'int'),
      description: { zh: signal, en: signal },
    })),
    stations: [
      {
        camera: 'aoi',
        trigger: 'plc/trigger',
        panel: 'plc/panel',
        sequence: 'plc/part',
        matchPanel: true,
        handshake: { busy: 'plc/busy', valid: 'plc/valid', ack: 'plc/ack' },
        result: {
          verdict: 'plc/verdict',
          class: 'plc/class',
          sequence: 'plc/number',
          panel: 'plc/resultpanel',
        },
        ...station,
      },
    ],
  }
  const file = join(folder, 'agent.yaml')
  // JSON is YAML too.
  writeFileSync(file, JSON.stringify(config))
  return { folder, file, pushPort, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** The verdict of a part by its number, so that each answer shows whose it is. */
export const verdictOf = (part: number): 'pass' | 'fail' | 'review' =>
  part % 3 === 0 ? 'fail' : part % 3 === 1 ? 'pass' : 'review'

/** Judges by the name of the picture. */
export function namedInspector(): Inspector {
  return {
    inspect: async (_capture, name) => {
      const part = Number(/^P(\d+)_/.exec(name)?.[1])
      const verdict = verdictOf(part)
      const defects = verdict === 'fail' ? [{ class: 'stain', score: 0.9 }] : []
      return {
        image: name,
        panel: name.split('_')[0],
        pattern: 'surface',
        verdict,
        score: 0.5,
        defects,
      } as unknown as InspectionLine
    },
  }
}

export async function startAgent(file: string, inspector: () => Inspector, problems: string[] = []): Promise<Agent> {
  const loaded = loadConfig(file, {})
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault))
  const note = (fields: Readonly<Record<string, unknown>>) => {
    if (typeof fields.code === 'string') problems.push(fields.code)
  }
  const agent = await createAgent({
    config: loaded.value,
    clock: systemClock,
    random: Math.random,
    log: { info: () => {}, warn: note, error: note },
    openMqtt,
    fetch,
    readText: file => (file.endsWith('token') ? TOKEN : ''),
    usage: () => ({ cpuSeconds: 0, memoryMb: 0 }),
    createInspector: async () => inspector(),
    createLoops: async () => undefined,
    createGuard: () => limitsGuard,
  })
  await agent.start()
  return agent
}

let taken = 0
/** No two alike, as from any real camera. */
async function blankPicture(): Promise<Uint8Array> {
  taken += 1
  const pixels = new Uint8Array(3 * 96 * 96).fill(40)
  new DataView(pixels.buffer).setUint32(0, taken)
  return new Uint8Array(await encodePng(pixels, 96, 96))
}

/** A camera on the trigger's wire: exposes, and sends its picture. */
export function createPushingCamera(
  port: number,
  picture: (part: number) => Promise<Uint8Array> | Uint8Array = blankPicture,
) {
  let on = true
  const failed: string[] = []
  return {
    failed,
    turn: (is: boolean) => {
      on = is
    },
    async shoot(part: number, panel: string) {
      if (!on) return
      const body = await picture(part)
      const reply = await fetch(`http://127.0.0.1:${port}/captures/${panel}_surface.png`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}` },
        body: body as never,
      }).catch((error: unknown) => ({ status: 0, statusText: String(error) }))
      if (reply.status !== 201) failed.push(`${panel}: ${reply.status}`)
    },
  }
}
