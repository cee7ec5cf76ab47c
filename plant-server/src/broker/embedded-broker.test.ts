import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync, type IClientOptions } from 'mqtt'
import { afterEach, describe, expect, it } from 'vitest'
import { until } from '../ingest/scripted-agent.suite.ts'
import { type Broker, startEmbeddedBroker } from './embedded-broker.ts'

const folder = mkdtempSync(join(tmpdir(), 'mw-broker-'))
const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
  rmSync(folder, { recursive: true, force: true })
})

const server = { user: 'server', password: 'password of server' }
const start = async (secrets: Map<string, string>, more: { file?: string } = {}): Promise<Broker> => {
  const broker = await startEmbeddedBroker({
    host: '127.0.0.1',
    port: 0,
    group: 'g',
    server,
    isAgent: (agent, secret) => secrets.get(agent) === secret.toString(),
    onRefused: () => undefined,
    ...more,
  })
  ended.push(() => broker.close())
  return broker
}
const connect = async (broker: Broker, user: string, password: string, more: IClientOptions = {}) => {
  const client = await connectAsync(broker.url, { username: user, password, reconnectPeriod: 0, ...more })
  client.on('error', () => undefined)
  ended.push(() => client.endAsync(true))
  return client
}

describe('embedded broker', () => {
  it('cuts an agent off at once, and does not let it in again', async () => {
    const secrets = new Map([
      ['one', 'secret of one'],
      ['two', 'secret of two'],
    ])
    const broker = await start(secrets)
    const one = await connect(broker, 'one', 'secret of one')
    const two = await connect(broker, 'two', 'secret of two')
    secrets.delete('one')
    broker.disconnect('one')
    await until(() => !one.connected, 'one cut off')
    expect(two.connected).toBe(true)
    await expect(connect(broker, 'one', 'secret of one')).rejects.toThrow()
  })

  it('keeps retained messages and the sessions of those who are away over a restart', async () => {
    const file = join(folder, 'kept.bin')
    const away: IClientOptions = { clientId: 'a-tool', clean: false }
    const first = await start(new Map(), { file })
    const tool = await connect(first, server.user, server.password, away)
    await tool.subscribeAsync('x/#', { qos: 1 })
    await tool.endAsync()
    const other = await connect(first, server.user, server.password)
    await other.publishAsync('x/kept', 'retained', { qos: 1, retain: true })
    await other.publishAsync('x/sent', 'while away', { qos: 1 })
    for (const end of ended.splice(0).reverse()) await end()

    const second = await start(new Map(), { file })
    const heard: string[] = []
    const back = await connectAsync(second.url, {
      username: server.user,
      password: server.password,
      reconnectPeriod: 0,
      ...away,
      manualConnect: false,
    })
    ended.push(() => back.endAsync(true))
    back.on('message', (topic, payload) => heard.push(`${topic} ${payload}`))
    await until(() => heard.includes('x/sent while away'), 'what came meanwhile')
    const fresh = await connect(second, server.user, server.password)
    const retained: string[] = []
    fresh.on('message', (topic, payload) => retained.push(`${topic} ${payload}`))
    await fresh.subscribeAsync('x/#', { qos: 1 })
    await until(() => retained.length > 0, 'the retained one')
    expect(retained).toEqual(['x/kept retained'])
  })

  it('a file that cannot be read is told, and the broker works on', async () => {
    const faults: unknown[] = []
    const file = join(folder, 'torn.bin')
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, 'no snapshot')
    const broker = await startEmbeddedBroker({
      host: '127.0.0.1',
      port: 0,
      group: 'g',
      server,
      isAgent: () => false,
      onRefused: () => undefined,
      onFault: error => faults.push(error),
      file,
    })
    ended.push(() => broker.close())
    expect(faults).toHaveLength(1)
    const client = await connect(broker, server.user, server.password)
    expect(client.connected).toBe(true)
  })
})
