/** A TCP cable that can be unplugged. Nobody is told: connections stay half open on both ends. */
import { connect, createServer, type Socket } from 'node:net'

export interface Cable {
  /** drop: bytes are lost; stall: they wait, as they do in a network that repeats them. */
  unplug(how: 'drop' | 'stall'): void
  plug(): void
  /** Closes every connection through it, as a switch that restarts does. */
  cut(): void
  close(): Promise<void>
}

export async function tcpCable(from: number, to: number): Promise<Cable> {
  const sockets = new Set<Socket>()
  const waiting: (() => void)[] = []
  let state: 'plugged' | 'drop' | 'stall' = 'plugged'
  const pass = (target: Socket) => (bytes: Buffer) => {
    if (state === 'plugged') target.write(bytes)
    else if (state === 'stall') waiting.push(() => target.write(bytes))
  }
  const server = createServer(near => {
    sockets.add(near)
    near.on('error', () => {})
    near.on('close', () => sockets.delete(near))
    // A connection made while unplugged reaches nobody, now or later.
    if (state !== 'plugged') return
    const far = connect(to, '127.0.0.1')
    sockets.add(far)
    far.on('error', () => near.destroy())
    near.on('data', pass(far))
    far.on('data', pass(near))
    near.on('close', () => state === 'plugged' && far.destroy())
    far.on('close', () => {
      sockets.delete(far)
      if (state === 'plugged') near.destroy()
    })
  })
  await new Promise<void>(resolve => server.listen(from, '127.0.0.1', resolve))
  return {
    unplug(how) {
      state = how
    },
    plug() {
      state = 'plugged'
      for (const go of waiting.splice(0)) go()
    },
    cut() {
      for (const socket of sockets) socket.destroy()
    },
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
