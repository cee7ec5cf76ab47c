/** Brokers that the suites run against: aedes in this process, Mosquitto from Debian as a process. Both let anybody in. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, connect as dial, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Aedes } from 'aedes'
import { waitFor } from '../../journeys/support/wait.ts'

export interface TestBroker {
  readonly port: number
  stop(): Promise<void>
}

const BINARY = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/opt/homebrew/sbin/mosquitto'].find(existsSync)
/** Debian's package `mosquitto`; suites that need it are skipped visibly where it is not installed. */
export const hasMosquitto = BINARY !== undefined

export async function startAedes(): Promise<TestBroker> {
  const broker = await Aedes.createBroker()
  const sockets = new Set<Socket>()
  const listener = createServer(socket => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('close', () => sockets.delete(socket))
    broker.handle(socket)
  })
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve))
  return {
    port: portOf(listener.address()),
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>(resolve => listener.close(() => resolve()))
      await new Promise<void>(resolve => broker.close(() => resolve()))
    },
  }
}

/** @param configuration lines of mosquitto.conf for its port; without them anybody may do anything */
export async function startMosquitto(
  configuration: (port: number) => string = port => `listener ${port} 127.0.0.1\nallow_anonymous true\n`,
): Promise<TestBroker> {
  if (BINARY === undefined) throw new Error('no mosquitto')
  const folder = mkdtempSync(join(tmpdir(), 'mw-mosquitto-'))
  const port = await freePort()
  const file = join(folder, 'mosquitto.conf')
  writeFileSync(file, configuration(port))
  const child: ChildProcess = spawn(BINARY, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    said += part
  })
  await waitFor('mosquitto to listen', 10_000, () => {
    if (child.exitCode !== null) throw new Error(`mosquitto ended with ${child.exitCode}: ${said}`)
    return answers(port)
  })
  return {
    port,
    stop: async () => {
      const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
      if (child.exitCode === null) child.kill('SIGTERM')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const BROKERS = [
  { name: 'aedes', there: true, start: startAedes },
  { name: 'mosquitto', there: hasMosquitto, start: () => startMosquitto() },
] as const

export const answers = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = dial(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

export function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const port = portOf(server.address())
      server.close(() => resolve(port))
    })
  })
}

const portOf = (address: ReturnType<ReturnType<typeof createServer>['address']>): number =>
  typeof address === 'object' && address !== null ? address.port : 0
