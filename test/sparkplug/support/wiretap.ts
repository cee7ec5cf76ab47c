/** A relay between one MQTT client and its broker that writes down every packet of both, in order. */
import { createServer, connect as dial, type Socket } from 'node:net'
import { type Packet, parser } from 'mqtt-packet'

export interface Tapped {
  readonly from: 'client' | 'broker'
  readonly packet: Packet
  /** Number of the client's connection, from 0. */
  readonly connection: number
}

export interface Wiretap {
  readonly port: number
  readonly packets: readonly Tapped[]
  /** Breaks the connection as a torn cable does. */
  cut(): void
  close(): Promise<void>
}

export async function startWiretap(brokerPort: number): Promise<Wiretap> {
  const packets: Tapped[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const listener = createServer(client => {
    const connection = connections
    connections += 1
    const broker = dial(brokerPort, '127.0.0.1')
    for (const [socket, other, from] of [
      [client, broker, 'client'],
      [broker, client, 'broker'],
    ] as const) {
      sockets.add(socket)
      const read = parser({ protocolVersion: 4 })
      read.on('packet', packet => packets.push({ from, packet, connection }))
      socket.on('data', data => {
        read.parse(data)
        other.write(data)
      })
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    packets,
    cut,
    close: () =>
      new Promise(resolve => {
        cut()
        listener.close(() => resolve())
      }),
  }
}
