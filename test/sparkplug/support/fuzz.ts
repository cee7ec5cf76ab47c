/** Makes bad messages out of good ones, sends them to real processes, and asks afterwards whether those live and have counted. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LiveValue } from '@millwright/contract'
import { waitFor } from '../../journeys/support/wait.ts'
import { freePort, startAedes } from './brokers.ts'
import { startDevice } from './device.ts'
import { type RawPayload, readRaw, writeRaw } from './independent.ts'
import { connectPeer, type Peer } from './peer.ts'
import { newFolder, removeFolder, startEdge, startServer } from './processes.ts'

const GROUP = 'millwright'
const TYPES = ['NBIRTH', 'NDEATH', 'DBIRTH', 'DDEATH', 'NDATA', 'DDATA', 'NCMD', 'DCMD']
/** Sent before the next waits for all before it: what is on the way must not pile up. */
const BATCH = 500

type Random = () => number
/** mulberry32, public domain. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

const good: RawPayload = {
  timestamp: '1764000000000',
  seq: '1',
  metrics: [
    {
      name: 'cell/speed',
      alias: '7',
      timestamp: '1764000000000',
      datatype: 10,
      doubleValue: 5,
      properties: {
        keys: ['Quality', 'millwright_sequence'],
        values: [
          { type: 3, intValue: 192 },
          { type: 8, longValue: '1764000000000001' },
        ],
      },
    },
    {
      name: 'M',
      datatype: 19,
      templateValue: { isDefinition: false, templateRef: 'T', metrics: [{ name: 'a', datatype: 3, intValue: 4 }] },
    },
    {
      name: 'D',
      datatype: 16,
      datasetValue: { numOfColumns: 1, columns: ['c'], types: [3], rows: [{ elements: [{ intValue: 1 }] }] },
    },
  ],
}
const events = [
  '{"seq":1,"kind":"alarm","body":{"alarm":"x:y","agent":"x","t":1,"active":true}}',
  '{"seq":9007199254740993,"kind":"inspection","body":null}',
  '{"online":true,"timestamp":1}',
  '{"stored":[[0,9007199254740991]],"rejected":[{"seq":1,"code":"x","message":"y"}]}',
  '{"id":"c","agent":"a","body":{"kind":"write_tag","tag":"a/b","value":1}}',
]

const noise = (random: Random, most: number) =>
  Buffer.from(Array.from({ length: Math.floor(random() * most) }, () => Math.floor(random() * 256)))

/** Bits turned, bytes cut out, doubled, or made of nothing. */
export function badBytes(random: Random): Buffer {
  const base = random() < 0.8 ? Buffer.from(writeRaw(good)) : Buffer.from(pick(random, events))
  switch (Math.floor(random() * 5)) {
    case 0:
      return noise(random, 300)
    case 1:
      return base.subarray(0, Math.floor(random() * base.length))
    case 2:
      return Buffer.concat([base, noise(random, 40)])
    case 3: {
      const at = Math.floor(random() * base.length)
      return Buffer.concat([base.subarray(0, at), noise(random, 12), base.subarray(at)])
    }
    default:
      for (let turns = 0; turns <= random() * 8; turns += 1)
        base[Math.floor(random() * base.length)] = Math.floor(random() * 256)
      return base
  }
}

/** What MQTT lets through as a topic, and no more sense than that. */
export function badTopic(random: Random): string {
  const word = () =>
    pick(random, [
      ...[
        'a',
        'node-1',
        '',
        '..',
        '__proto__',
        'constructor',
        '温度',
        '\u{1f600}',
        'x'.repeat(200),
        'a b',
        '$SYS',
        'STATE',
      ],
      ...TYPES,
    ])
  if (random() < 0.6) {
    const type = pick(random, TYPES)
    return `spBv1.0/${GROUP}/${type}/${word()}${random() < 0.5 ? `/${word()}` : ''}`
  }
  if (random() < 0.5) return `millwright/${GROUP}/event/${word()}`
  const depth = 1 + Math.floor(random() * 6)
  return `spBv1.0/${GROUP}/${Array.from({ length: depth }, word).join('/')}`
}

async function send(peer: Peer, count: number, say: (text: string) => void, next: () => [string, Buffer]) {
  for (let sent = 0; sent < count; sent += 1) {
    const [topic, payload] = next()
    void peer.say(topic, payload).catch(() => undefined)
    if (sent % BATCH === BATCH - 1) await peer.settle()
    if (sent % 20_000 === 19_999) say(`  ${sent + 1} sent`)
  }
  await peer.settle()
}

const residentMb = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

export async function fuzzServer(messages: number, seed: number, say: (text: string) => void) {
  const random = randomOf(seed)
  const folder = newFolder('fuzz-server')
  const broker = await startAedes()
  writeFileSync(join(folder, 'secret'), 'a password for the broker\n')
  const server = await startServer(
    { broker: { url: `mqtt://127.0.0.1:${broker.port}`, user: 's', passwordFile: join(folder, 'secret') } },
    folder,
  )
  const peer = await connectPeer({ port: broker.port, topics: [`millwright/${GROUP}/confirm/good`] })
  try {
    say(`server: ${messages} messages`)
    await send(peer, messages, say, () => [badTopic(random), badBytes(random)])
    const node = `spBv1.0/${GROUP}`
    const payload = (seq: string, sequence?: string): Uint8Array =>
      writeRaw({
        timestamp: '1764000000000',
        seq,
        metrics: [
          {
            name: 'cell/speed',
            datatype: 10,
            doubleValue: 42,
            timestamp: '1764000000000',
            ...(sequence === undefined
              ? {}
              : { properties: { keys: ['millwright_sequence'], values: [{ type: 8, longValue: sequence }] } }),
          },
        ],
      })
    await peer.say(`${node}/DDATA/good/plc`, payload('1', '77'))
    const alive = await waitFor('good data after it all', 60_000, async () => {
      const values = (await server.call('values', { query: { tags: 'good/cell/speed' } })) as LiveValue[]
      return values[0]?.value === 42 && peer.heard.some(each => String(each.payload).includes('77'))
    })
    const metrics = await fetch(`${server.url.replace(/\/$/, '')}/metrics`, {
      headers: { authorization: `Bearer ${server.token}` },
    }).then(reply => reply.text())
    const letters: Record<string, number> = {}
    for (const [, code, count] of metrics.matchAll(/^millwright_dead_letters?\w*\{code="([^"]+)"\} (\d+)/gm))
      letters[code!] = Number(count)
    return {
      messages,
      alive,
      deadLetters: letters,
      /** Each bad one that was not usable by chance is counted, under our own codes, none as a fault of ours. */
      counted: (letters['MW-2006'] ?? 0) > messages / 2 && letters['MW-0103'] === undefined,
      residentMb: Math.round(residentMb(server.pid)),
    }
  } finally {
    await peer.close()
    await server.kill()
    await broker.stop()
    removeFolder(folder)
  }
}

export async function fuzzEdge(messages: number, seed: number, say: (text: string) => void) {
  const random = randomOf(seed + 1)
  const folder = newFolder('fuzz-edge')
  const broker = await startAedes()
  const device = await startDevice(await freePort())
  const state = 'spBv1.0/STATE/millwright'
  const peer = await connectPeer({ port: broker.port, topics: [`spBv1.0/${GROUP}/DDATA/node-1/#`] })
  await peer.say(state, '{"online":true,"timestamp":1}', { qos: 1, retain: true })
  const edge = await startEdge(
    {
      agent: 'node-1',
      group: GROUP,
      server: { mqtt: `mqtt://127.0.0.1:${broker.port}`, http: 'http://127.0.0.1:9' },
      sources: [{ id: 'cell', kind: 'modbus', host: '127.0.0.1', port: device.port, pollMs: 50 }],
      tags: [
        {
          name: 'cell/level',
          source: 'cell',
          address: 'holding:0:uint16',
          type: 'int',
          description: { zh: '液位', en: 'Level' },
          deadband: { abs: 0 },
        },
      ],
    },
    folder,
  )
  try {
    await waitFor('data', 30_000, () => peer.heard.length > 0)
    say(`edge: ${messages} messages`)
    const topics = [
      `spBv1.0/${GROUP}/NCMD/node-1`,
      `spBv1.0/${GROUP}/DCMD/node-1/cell`,
      `millwright/${GROUP}/confirm/node-1`,
      `millwright/${GROUP}/command/node-1`,
      state,
    ]
    await send(peer, messages, say, () => [pick(random, topics), badBytes(random)])
    await peer.say(state, `{"online":true,"timestamp":${Number.MAX_SAFE_INTEGER}}`, { qos: 1, retain: true })
    const before = peer.heard.length
    let value = 1
    const alive = await waitFor('data after it all', 60_000, () => {
      value += 1
      device.set(0, value)
      return peer.heard.slice(before).some(each => (readRaw(each.payload).metrics?.length ?? 0) > 0)
    })
    const coded = edge.said().match(/MW-1014/g)?.length ?? 0
    return { messages, alive, codedErrorsInTheEndOfItsLog: coded, residentMb: Math.round(residentMb(edge.pid)) }
  } finally {
    await peer.close()
    await edge.kill()
    await device.stop()
    await broker.stop()
    removeFolder(folder)
  }
}
