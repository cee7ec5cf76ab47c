/**
 * The plant's side of one edge, as a process of its own and as cheap as can be: an MQTT 3.1.1 broker for one client that is
 * also the host: it decodes every payload, counts what each tag brought, and confirms.
 */

import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { decodeSparkplug, parseSparkplugTopic, SEQUENCE_PROPERTY, topics } from '@millwright/contract'

export interface EdgeSinkTask {
  readonly group: string
  readonly agent: string
}
/** What came so far of tags whose values count up, by the name of the device. */
export interface EdgeSinkTally {
  /** Numbers received. */
  readonly values: number
  /** Numbers missing between the first and the last of each tag. */
  readonly lost: number
  /** Numbers that came again or out of order. */
  readonly doubled: number
  readonly tags: number
}
export type EdgeSinkSays = { readonly port: number } | { readonly tally: Record<string, EdgeSinkTally> }

interface Tag {
  readonly device: string
  first: number
  last: number
  count: number
  wrong: number
}

const PACKET = { connect: 1, publish: 3, subscribe: 8, ping: 12 } as const

function run({ group, agent }: EdgeSinkTask): void {
  const tags = new Map<unknown, Tag>()
  const state = topics.state('millwright')
  const confirmTopic = topics.confirm(group, agent)

  const publish = (socket: Socket, topic: string, payload: string) => {
    const name = Buffer.from(topic)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(name.length)
    const body = Buffer.concat([length, name, Buffer.from(payload)])
    socket.write(Buffer.concat([Buffer.from([0x30, ...lengthBytes(body.length)]), body]))
  }
  const confirm = (socket: Socket, sequence: number) =>
    publish(socket, confirmTopic, JSON.stringify({ stored: [[sequence, sequence]], rejected: [] }))

  const data = (device: string, payload: Buffer, socket: Socket) => {
    const { metrics } = decodeSparkplug(payload)
    for (const { alias, name, value } of metrics) {
      const key = alias ?? name
      let tag = tags.get(key)
      if (typeof value !== 'number') continue
      if (tag === undefined) {
        tag = { device, first: value, last: value - 1, count: 0, wrong: 0 }
        tags.set(key, tag)
      }
      tag.count += 1
      if (value <= tag.last) tag.wrong += 1
      else tag.last = value
    }
    const sequence = metrics[0]?.properties?.[SEQUENCE_PROPERTY]?.value
    if (sequence !== undefined) confirm(socket, Number(sequence))
  }

  const handle = (socket: Socket, head: number, body: Buffer) => {
    switch (head >> 4) {
      case PACKET.connect:
        socket.write(Buffer.from([0x20, 2, 0, 0]))
        break
      case PACKET.subscribe: {
        const filters: string[] = []
        for (let at = 2; at < body.length; ) {
          const length = body.readUInt16BE(at)
          filters.push(body.toString('utf8', at + 2, at + 2 + length))
          at += 3 + length
        }
        socket.write(Buffer.from([0x90, 2 + filters.length, body[0]!, body[1]!, ...filters.map(() => 0)]))
        if (filters.includes(state)) publish(socket, state, JSON.stringify({ online: true, timestamp: Date.now() }))
        break
      }
      case PACKET.publish: {
        const length = body.readUInt16BE(0)
        const topic = body.toString('utf8', 2, 2 + length)
        const qos = (head >> 1) & 3
        const payload = body.subarray(2 + length + (qos > 0 ? 2 : 0))
        if (qos === 1) socket.write(Buffer.from([0x40, 2, body[2 + length]!, body[3 + length]!]))
        const sparkplug = parseSparkplugTopic(topic)
        if (sparkplug?.type === 'DDATA') data(sparkplug.device ?? '', payload, socket)
        else if (topic === topics.event(group, agent))
          confirm(socket, (JSON.parse(payload.toString()) as { seq: number }).seq)
        break
      }
      case PACKET.ping:
        socket.write(Buffer.from([0xd0, 0]))
        break
    }
  }

  const server = createServer(socket => {
    let rest: Buffer = Buffer.alloc(0)
    socket.setNoDelay(true)
    socket.on('error', () => {})
    socket.on('data', bytes => {
      rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
      for (;;) {
        const packet = packetOf(rest)
        if (packet === undefined) return
        handle(socket, rest[0]!, rest.subarray(packet.from, packet.end))
        rest = rest.subarray(packet.end)
      }
    })
  })
  server.listen(0, '127.0.0.1', () => {
    process.send?.({ port: (server.address() as AddressInfo).port } satisfies EdgeSinkSays)
  })
  process.on('message', () => process.send?.({ tally: tallyOf([...tags.values()]) } satisfies EdgeSinkSays))
}

function tallyOf(tags: readonly Tag[]): Record<string, EdgeSinkTally> {
  const groups = Map.groupBy(tags, ({ device }) => device)
  return Object.fromEntries(
    [...groups].map(([device, all]) => {
      const total = (of: (tag: Tag) => number) => all.reduce((sum, tag) => sum + of(tag), 0)
      return [
        device,
        {
          values: total(({ count }) => count),
          lost: total(({ first, last, count, wrong }) => last - first + 1 - (count - wrong)),
          doubled: total(({ wrong }) => wrong),
          tags: all.length,
        },
      ]
    }),
  )
}

/** MQTT 3.1.1, 2.2.3: seven bits a byte, the lowest first. */
function lengthBytes(length: number): number[] {
  const bytes: number[] = []
  for (let left = length; ; left >>>= 7) {
    if (left < 128) return [...bytes, left]
    bytes.push((left & 127) | 128)
  }
}

function packetOf(bytes: Buffer): { from: number; end: number } | undefined {
  let length = 0
  for (let at = 1; at < 5; at += 1) {
    const byte = bytes[at]
    if (byte === undefined) return undefined
    length |= (byte & 127) << (7 * (at - 1))
    if (byte < 128) return bytes.length >= at + 1 + length ? { from: at + 1, end: at + 1 + length } : undefined
  }
  return undefined
}

process.on('disconnect', () => process.exit(0))
process.once('message', task => run(task as EdgeSinkTask))
