/** Types that a server of another stack (asyncua) defines itself: structures as JSON text and by field, enumerations as text. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { systemClock } from '@millwright/contract'
import { createOpcuaSource, type Sample } from '@millwright/edge-agent'
import { afterEach, expect, it } from 'vitest'
import { waitFor } from '../../journeys/support/wait.ts'
import { freePort, python, temporaryFolder } from './rig.ts'

const skip = process.env.CI === undefined && !existsSync(python)
const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each()
})

const PART = (number: number) => ({
  serial: `S-${number}`,
  weight: 1.5,
  counts: [1, number],
  total: 2 ** 40 + number,
  at: { x: 0.5, y: -number },
})
const TAGS: readonly [name: string, node: string, field: string | undefined, value: unknown][] = [
  ['part', 'Part', undefined, PART(1)],
  ['serial', 'Part', 'serial', 'S-1'],
  ['y', 'Part', 'at/y', -1],
  ['total', 'Part', 'total', 2 ** 40 + 1],
  ['count', 'Part', 'counts/1', 1],
  ['parts', 'Parts', undefined, [PART(2), PART(3)]],
  ['second', 'Parts', '1/serial', 'S-3'],
  ['mode', 'Mode', undefined, 'Running'],
]

it.skipIf(skip)(
  'structures and enumerations of a foreign server are understood, and follow its changes',
  async () => {
    const port = await freePort()
    const child = spawn(python, [join(import.meta.dirname, 'types_server.py'), String(port)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    undo.push(() => child.kill('SIGKILL'))
    await new Promise<void>(resolve => createInterface({ input: child.stdout }).once('line', () => resolve()))
    const seen = new Map<string, Sample['value']>()
    const source = createOpcuaSource({
      config: {
        id: 'plc',
        kind: 'opcua',
        endpoint: `opc.tcp://127.0.0.1:${port}/types/`,
        publishingMs: 100,
        samplingMs: 100,
      },
      tags: TAGS.map(([name, node, field, value]) => ({
        name,
        source: 'plc',
        address: `nsu=urn:millwright:types;s=${node}`,
        type: typeof value === 'number' ? ('float' as const) : ('string' as const),
        description: { zh: name, en: name },
        ...(field === undefined ? {} : { field }),
      })),
      pki: join(temporaryFolder(undo), 'pki'),
      applicationName: 'types',
      readPassword: () => '',
      clock: systemClock,
      random: Math.random,
    })
    undo.push(() => source.stop())
    source.start({
      samples: samples => {
        for (const { name, value } of samples) seen.set(name, value)
      },
      state: () => {},
      fault: () => {},
      alarm: () => {},
      standing: () => {},
    })
    const plain = (name: string) => {
      const value = seen.get(name)
      return typeof value === 'string' && /^[[{]/.test(value) ? JSON.parse(value) : value
    }
    await waitFor('all tags', 20_000, () => seen.size === TAGS.length || undefined, 20)
    expect(TAGS.map(([name]) => [name, plain(name)])).toEqual(TAGS.map(([name, , , value]) => [name, value]))
    child.stdin.write('next\n')
    await waitFor('the next part', 5000, () => seen.get('serial') === 'S-7' || undefined, 20)
    await waitFor('its field', 5000, () => seen.get('y') === -7 || undefined, 20)
    expect(plain('part')).toEqual(PART(7))
  },
  60_000,
)
