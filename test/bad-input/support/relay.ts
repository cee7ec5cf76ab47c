/**
 * A relay between an OPC UA client and its server (OPC 10000-6, 6.7 and 7.1, security policy None). It answers requests to
 * publish itself, with wild values or bad bytes, and spoils some of what the server says: any reply, from the first word on.
 */
import { connect, createServer, type Socket } from 'node:net'
import { badBytes, pick, type Random } from './mutate.ts'
import { PUBLISH_REQUEST, PUBLISH_RESPONSE, wildReply } from './publish.ts'

/** Header, channel, token, sequence and request: where the body of a MSG chunk begins. */
const BODY_AT = 24
const SEQUENCE_AT = 16
const REQUEST_AT = 20
/** CreateSubscriptionResponse_Encoding_DefaultBinary. */
const CREATED_SUBSCRIPTION = 790
const MOST_PARKED = 3
/** Of the replies to publish so many end the connection by bytes that nobody can read. */
const BROKEN = 0.002
/** And of the server's other replies. */
const SPOILED = 0.02

export interface BadRelay {
  /** Replies sent that were not the server's own. */
  bad(): number
  /** Of these, those whose bytes could not be decoded or whose framing was broken. */
  broken(): number
  /** Whole bytes only, from the next reply on. */
  setBad(bad: boolean): void
  close(): Promise<void>
}

export async function badRelay(from: number, to: number, random: Random, handles: number): Promise<BadRelay> {
  const sockets = new Set<Socket>()
  /** Last number of each subscription: it goes on over connections, as the subscription does. */
  const numbers = new Map<number, number>()
  let spoil = false
  let bad = 0
  let broken = 0
  const relay = createServer(client => {
    const server = connect(to, '127.0.0.1')
    for (const socket of [client, server]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        server.destroy()
      })
    }
    // Our own replies are numbered among the server's (6.7.2.4).
    let added = 0
    /** And the server's requests are numbered without a gap. */
    let swallowed = 0
    /** Requests to publish that wait in the server. */
    let parked = 0
    const subscriptions = new Set<number>([0])
    let channel: Buffer = Buffer.alloc(8)

    const answer = (chunk: Buffer): void => {
      const requestId = chunk.readUInt32LE(REQUEST_AT)
      const subscriptionId = pick(random, [...subscriptions].slice(-2))
      const next = (numbers.get(subscriptionId) ?? 0) + 1
      numbers.set(subscriptionId, next)
      const body = wildReply(random, { subscriptionId, next, handles, requestHandle: requestId })
      const reply = Buffer.alloc(BODY_AT + body.length)
      reply.write('MSGF')
      reply.writeUInt32LE(reply.length, 4)
      channel.copy(reply, 8)
      lastSequence += 1
      reply.writeUInt32LE(lastSequence, SEQUENCE_AT)
      added += 1
      reply.writeUInt32LE(requestId, REQUEST_AT)
      body.copy(reply, BODY_AT)
      bad += 1
      if (random() < BROKEN) {
        broken += 1
        client.write(badBytes(random, reply))
      } else client.write(reply)
    }

    let lastSequence = 0
    eachChunk(server, chunk => {
      if (chunk.toString('latin1', 0, 3) === 'MSG' && chunk.length >= BODY_AT + 4) {
        channel = Buffer.from(chunk.subarray(8, 16))
        lastSequence = chunk.readUInt32LE(SEQUENCE_AT) + added
        chunk.writeUInt32LE(lastSequence, SEQUENCE_AT)
        if (isType(chunk, PUBLISH_RESPONSE)) parked -= 1
        if (isType(chunk, PUBLISH_RESPONSE) || isType(chunk, CREATED_SUBSCRIPTION))
          subscriptions.add(subscriptionOf(chunk) ?? 0)
      }
      if (spoil && random() < SPOILED) {
        bad += 1
        broken += 1
        client.write(badBytes(random, chunk))
      } else client.write(chunk)
    })
    eachChunk(client, chunk => {
      if (isType(chunk, PUBLISH_REQUEST)) {
        // A few stay in the server, so that its subscriptions live.
        if (spoil && parked >= MOST_PARKED) {
          answer(chunk)
          swallowed += 1
          return
        }
        parked += 1
      }
      if (/^(MSG|CLO)/.test(chunk.toString('latin1', 0, 3)) && chunk.length >= BODY_AT)
        chunk.writeUInt32LE(chunk.readUInt32LE(SEQUENCE_AT) - swallowed, SEQUENCE_AT)
      server.write(chunk)
    })
  })
  await new Promise<void>(resolve => relay.listen(from, '127.0.0.1', resolve))
  return {
    bad: () => bad,
    broken: () => broken,
    setBad(value) {
      spoil = value
    },
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy()
        relay.close(() => resolve())
      }),
  }
}

/** Chunks by the length in their header (6.7.2.2). */
function eachChunk(socket: Socket, take: (chunk: Buffer) => void): void {
  let waiting = Buffer.alloc(0)
  socket.on('data', bytes => {
    waiting = Buffer.concat([waiting, bytes])
    while (waiting.length >= 8 && waiting.length >= waiting.readUInt32LE(4)) {
      const size = Math.max(8, waiting.readUInt32LE(4))
      take(Buffer.from(waiting.subarray(0, size)))
      waiting = waiting.subarray(size)
    }
  })
}

const isType = (chunk: Buffer, type: number): boolean =>
  chunk.toString('latin1', 0, 4) === 'MSGF' &&
  chunk.length > BODY_AT + 4 &&
  chunk[BODY_AT] === 1 &&
  chunk.readUInt16LE(BODY_AT + 2) === type

/** ResponseHeader: time, handle, result, no diagnostics (1), no texts (4), no more (3): then the subscription. */
function subscriptionOf(chunk: Buffer): number | undefined {
  const at = BODY_AT + 4 + 8 + 4 + 4 + 1 + 4 + 3
  return chunk.length >= at + 4 && chunk.readUInt32LE(BODY_AT + 4 + 12) === 0 ? chunk.readUInt32LE(at) : undefined
}
