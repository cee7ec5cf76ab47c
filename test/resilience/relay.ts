/**
 * A TCP relay that stands for the network between two processes, and fails as networks do. It listens at once; the far
 * side may start later.
 */
import { createServer, connect as dial, type Socket } from 'node:net'

export type Network =
  /** Bytes pass. */
  | 'whole'
  /** A pulled cable: connections stay, no byte passes, new ones hang. What was under way arrives when it is plugged in. */
  | 'cut'
  /** A firewall that forgot: bytes are taken and thrown away; when whole again, those connections are reset. */
  | 'dropping'
  /** Every connection is reset, new ones too. */
  | 'closed'

export interface Relay {
  readonly port: number
  set(network: Network): void
  /** Bytes that arrived at the far side so far, both ways. */
  passed(): number
  /** Bytes thrown away so far. */
  dropped(): number
  close(): Promise<void>
}

interface Pair {
  readonly near: Socket
  readonly far: Socket
  poisoned: boolean
}

/** `farPort` is asked at each connection: the far side may not have one yet. */
export async function startRelay(farPort: () => number): Promise<Relay> {
  let network: Network = 'whole'
  let passed = 0
  let dropped = 0
  const pairs = new Set<Pair>()

  const reset = (pair: Pair) => {
    pairs.delete(pair)
    pair.near.resetAndDestroy()
    pair.far.resetAndDestroy()
  }
  const apply = (pair: Pair) => {
    if (network === 'closed' || (network === 'whole' && pair.poisoned)) return reset(pair)
    for (const socket of [pair.near, pair.far]) network === 'cut' ? socket.pause() : socket.resume()
  }
  const pipe = (pair: Pair, from: Socket, to: Socket) => {
    from.on('data', bytes => {
      if (network === 'dropping') {
        pair.poisoned = true
        dropped += bytes.length
        return
      }
      passed += bytes.length
      if (!to.write(bytes)) {
        from.pause()
        to.once('drain', () => apply(pair))
      }
    })
    // Through a cut cable no end of a connection is heard either: the half that lives stays as it is.
    from.on('end', () => to.end())
    from.on('error', () => reset(pair))
    from.on('close', () => {
      if (network === 'whole') reset(pair)
    })
  }

  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, near => {
    if (network === 'closed') return void near.resetAndDestroy()
    const far = dial({ port: farPort(), host: '127.0.0.1', allowHalfOpen: true })
    const pair: Pair = { near, far, poisoned: false }
    near.setNoDelay(true)
    far.setNoDelay(true)
    pairs.add(pair)
    pipe(pair, near, far)
    pipe(pair, far, near)
    apply(pair)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the relay has no port')

  return {
    port: address.port,
    passed: () => passed,
    dropped: () => dropped,
    set(next) {
      network = next
      for (const pair of [...pairs]) apply(pair)
    },
    close: async () => {
      for (const pair of [...pairs]) reset(pair)
      await new Promise(done => server.close(done))
    },
  }
}
