import { createServer, type Server } from 'node:net'

/** Free ports of loopback, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = []
  const ports: number[] = []
  for (let index = 0; index < count; index += 1) {
    const server = createServer()
    servers.push(server)
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    const address = server.address()
    if (typeof address === 'object' && address !== null) ports.push(address.port)
  }
  for (const server of servers) await new Promise(done => server.close(done))
  return ports
}
