/**
 * Rights at the broker, by real clients on real brokers: the one inside the plant server, and Mosquitto with the files that
 * the plant server's documents ship; each without and with TLS. An agent speaks below its own name only; only the server
 * commands and confirms.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentStatus, LiveValue } from '@millwright/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../journeys/support/plant.ts'
import { waitFor } from '../journeys/support/wait.ts'
import { freePort, hasMosquitto, startMosquitto, type TestBroker } from './support/brokers.ts'
import { type Certificate, hasOpenssl, makeCertificate } from './support/certificates.ts'
import { writeRaw } from './support/independent.ts'
import { connectPeer, type Peer } from './support/peer.ts'
import { newFolder, type RunningServer, removeFolder, startServer } from './support/processes.ts'

const GROUP = 'millwright'
const SHIPPED = join(root, 'plant-server', 'docs', 'mosquitto')
const SECRETS = { one: 'the secret of agent one', two: 'the secret of agent two' } as const
type Agent = keyof typeof SECRETS

/** The shipped file for these folders and ports. */
function mosquittoConf(folder: string, port: number, certificate: Certificate | undefined): string {
  const lines = readFileSync(join(SHIPPED, 'mosquitto.conf'), 'utf8')
    .replaceAll('/etc/mosquitto/millwright/', `${folder}/`)
    .replace('/var/lib/mosquitto/', `${folder}/`)
    .replace('listener 8883', `listener ${port} 127.0.0.1`)
    .split('\n')
  const kept =
    certificate === undefined ? lines.filter(line => !/^(cafile|certfile|keyfile|tls_version)/.test(line)) : lines
  return kept.join('\n')
}

const KINDS = [
  { name: 'embedded', outside: false, tls: false, there: true },
  { name: 'embedded, TLS', outside: false, tls: true, there: hasOpenssl },
  { name: 'Mosquitto', outside: true, tls: false, there: hasMosquitto },
  { name: 'Mosquitto, TLS', outside: true, tls: true, there: hasMosquitto && hasOpenssl },
]

describe.each(KINDS)('broker: $name', ({ outside, tls, there }) => {
  describe.skipIf(!there)('', () => {
    const folder = newFolder('broker')
    let broker: TestBroker | undefined
    let server: RunningServer
    let port = 0
    let ca: string | undefined
    const peers: Peer[] = []

    beforeAll(async () => {
      const certificate = tls ? makeCertificate(folder, 'broker') : undefined
      if (certificate !== undefined) {
        ca = readFileSync(certificate.cert, 'utf8')
        writeFileSync(join(folder, 'ca.pem'), ca)
      }
      for (const [agent, secret] of Object.entries(SECRETS))
        writeFileSync(join(folder, `${agent}.secret`), `${secret}\n`)
      writeFileSync(join(folder, 'server.secret'), 'the secret of the server\n')
      if (outside) {
        writeFileSync(join(folder, 'passwd'), '')
        for (const [user, secret] of [
          ...Object.entries(SECRETS),
          ['plant-server', 'the secret of the server'] as const,
        ])
          execFileSync('mosquitto_passwd', ['-b', join(folder, 'passwd'), user, secret], { stdio: 'ignore' })
        writeFileSync(join(folder, 'acl'), readFileSync(join(SHIPPED, 'acl')))
        // Started as root it becomes the user `mosquitto`, which has to read them.
        for (const name of ['', 'passwd', 'acl', ...(tls ? ['broker.pem', 'broker.key', 'ca.pem'] : [])])
          chmodSync(join(folder, name), name === '' ? 0o777 : 0o644)
        broker = await startMosquitto(free => mosquittoConf(folder, free, certificate))
        port = broker.port
      } else port = await freePort()
      server = await startServer(
        {
          broker: outside
            ? {
                url: `${tls ? 'mqtts' : 'mqtt'}://127.0.0.1:${port}`,
                user: 'plant-server',
                passwordFile: join(folder, 'server.secret'),
                ...(tls ? { caFile: join(folder, 'ca.pem') } : {}),
              }
            : {
                embedded: {
                  port,
                  ...(certificate === undefined
                    ? {}
                    : { tls: { certFile: certificate.cert, keyFile: certificate.key } }),
                },
              },
          agents: Object.keys(SECRETS).map(id => ({ id, secretFile: join(folder, `${id}.secret`) })),
        },
        folder,
      )
    }, 90_000)
    afterAll(async () => {
      for (const peer of peers) await peer.close().catch(() => undefined)
      await server?.stop()
      await broker?.stop()
      removeFolder(folder)
    })

    const connect = async (user: string, password: string, topics: string[] = [], more: object = {}) => {
      const peer = await connectPeer({
        port,
        user,
        password,
        topics,
        ...(ca === undefined ? {} : { ca }),
        ...more,
      })
      peers.push(peer)
      return peer
    }
    const as = (agent: Agent, topics: string[] = [], more: object = {}) => connect(agent, SECRETS[agent], topics, more)
    const until = <T>(what: string, ask: () => Promise<T> | T) => waitFor(what, 20_000, ask, 30)
    const value = async (tag: string) =>
      ((await server.call('values', { query: { tags: tag } })) as LiveValue[])[0]?.value
    const agentOf = async (name: string) =>
      ((await server.call('listAgents')) as AgentStatus[]).find(each => each.agent === name)
    const topic = (type: string, agent: Agent, device?: string) =>
      `spBv1.0/${GROUP}/${type}/${agent}${device === undefined ? '' : `/${device}`}`
    const birth = (bdSeq = 0) =>
      writeRaw({
        timestamp: `${Date.now()}`,
        seq: '0',
        metrics: [
          { name: 'bdSeq', datatype: 4, longValue: `${bdSeq}`, timestamp: '1' },
          { name: 'Properties/Vendor', datatype: 12, stringValue: 'Millwright', timestamp: '1' },
        ],
      })
    const death = (bdSeq = 0) =>
      writeRaw({ timestamp: '1', metrics: [{ name: 'bdSeq', datatype: 4, longValue: `${bdSeq}`, timestamp: '1' }] })
    const deviceBirth = (name: string) =>
      writeRaw({
        timestamp: `${Date.now()}`,
        seq: '1',
        metrics: [{ name, datatype: 10, isNull: true, timestamp: `${Date.now()}` }],
      })
    const data = (name: string, of: number, seq: number, sequence: number) =>
      writeRaw({
        timestamp: `${Date.now()}`,
        seq: `${seq}`,
        metrics: [
          {
            name,
            datatype: 10,
            doubleValue: of,
            timestamp: `${Date.now()}`,
            properties: { keys: ['millwright_sequence'], values: [{ type: 8, longValue: `${sequence}` }] },
          },
        ],
      })

    it('nobody without a right password', async () => {
      await expect(connect('one', 'wrong')).rejects.toThrow()
      await expect(connect('nobody', SECRETS.one)).rejects.toThrow()
      await expect(connect('plant-server', 'guessed')).rejects.toThrow()
      await expect(connectPeer({ port, topics: [], ...(ca === undefined ? {} : { ca }) })).rejects.toThrow()
    })
    // Of a broker without TLS there is nothing to skip.
    if (tls)
      it('nobody without TLS, and nobody who does not trust the certificate', async () => {
        await expect(connectPeer({ port, user: 'one', password: SECRETS.one, topics: [] })).rejects.toThrow()
        const other = readFileSync(makeCertificate(folder, 'another').cert, 'utf8')
        await expect(connectPeer({ port, user: 'one', password: SECRETS.one, topics: [], ca: other })).rejects.toThrow()
      })
    it('tck-id-conformance-mqtt-qos0, tck-id-conformance-mqtt-qos1: an agent\u2019s data at QoS 0 and 1 is stored and confirmed to it alone', async () => {
      const confirm = `millwright/${GROUP}/confirm/one`
      const [one, two] = [await as('one', [confirm]), await as('two', [`millwright/${GROUP}/confirm/two`])]
      await one.say(topic('NBIRTH', 'one'), birth())
      await one.say(topic('DBIRTH', 'one', 'plc'), deviceBirth('cell/speed'))
      await one.say(topic('DDATA', 'one', 'plc'), data('cell/speed', 5, 2, 1001))
      await until('the first', () => one.of(confirm).length > 0)
      await one.say(topic('DDATA', 'one', 'plc'), data('cell/speed', 6, 3, 1002), { qos: 1 })
      await until('the second', async () => (await value('one/cell/speed')) === 6)
      await until('its confirmation', () => one.of(confirm).length > 1)
      expect(two.heard).toEqual([])
      await one.close()
    })
    it('tck-id-conformance-mqtt-retained: who comes later hears the state of the host', async () => {
      const late = await as('one', ['spBv1.0/STATE/millwright'])
      await until('the state', () => late.heard.length > 0)
      expect(late.heard[0]).toMatchObject({ retain: true })
      expect(JSON.parse(String(late.heard[0]?.payload))).toMatchObject({ online: true })
      await late.close()
    })
    it('tck-id-conformance-mqtt-will-messages: who dies without a word is told of by its will', async () => {
      const will = { topic: topic('NDEATH', 'two'), payload: death(7) }
      const two = await as('two', [], { will, clientId: 'two-that-dies' })
      await two.say(topic('NBIRTH', 'two'), birth(7))
      await until('online', async () => (await agentOf('two'))?.online)
      two.die()
      await until('offline', async () => (await agentOf('two'))?.online === false)
    })
    it('an agent can not speak as another', async () => {
      const one = await as('one')
      await one.say(topic('DDATA', 'two', 'plc'), data('cell/forged', 66, 1, 2001)).catch(() => undefined)
      const again = await as('one')
      await again.say(topic('NBIRTH', 'one'), birth())
      await again.say(topic('DBIRTH', 'one', 'plc'), deviceBirth('cell/honest'))
      await again.say(topic('DDATA', 'one', 'plc'), data('cell/honest', 1, 2, 1003))
      await until('what it may say', async () => (await value('one/cell/honest')) === 1)
      expect(await value('two/cell/forged')).toBeUndefined()
    })
    it('an agent can not command, confirm or speak for the host', async () => {
      const two = await as('two', [
        `millwright/${GROUP}/command/two`,
        `millwright/${GROUP}/confirm/two`,
        `spBv1.0/${GROUP}/NCMD/two`,
      ])
      for (const name of [
        `millwright/${GROUP}/command/two`,
        `millwright/${GROUP}/confirm/two`,
        `spBv1.0/${GROUP}/NCMD/two`,
        'spBv1.0/STATE/millwright',
      ]) {
        const one = await as('one')
        await one.say(name, 'forged', { qos: 1 }).catch(() => undefined)
      }
      // Its own data still comes through, so what was forged would have come before it.
      await two.say(topic('NBIRTH', 'two'), birth(8))
      await two.say(topic('DDATA', 'two', 'plc'), data('cell/speed', 3, 1, 2002))
      await until('its confirmation', () => two.heard.some(each => String(each.payload).includes('2002')))
      expect(two.heard.filter(each => String(each.payload) === 'forged')).toEqual([])
    })
    it('an agent hears nothing that is not meant for it', async () => {
      const spy = await as('one', []).then(async peer => {
        await peer.close()
        return connectPeer({
          port,
          user: 'one',
          password: SECRETS.one,
          topics: ['#', 'spBv1.0/#', `millwright/${GROUP}/command/+`, `spBv1.0/${GROUP}/DDATA/two/plc`],
          ...(ca === undefined ? {} : { ca }),
        }).catch(() => undefined)
      })
      const two = await as('two', [`millwright/${GROUP}/confirm/two`])
      await two.say(topic('NBIRTH', 'two'), birth(9))
      await two.say(topic('DDATA', 'two', 'plc'), data('cell/speed', 4, 1, 2003))
      await until('the confirmation', () => two.heard.some(each => String(each.payload).includes('2003')))
      expect(spy?.heard.filter(each => each.topic.includes('two')) ?? []).toEqual([])
      await spy?.close()
    })
    it('tck-id-topic-structure-namespace-duplicate-device-id-across-edge-node: two nodes may have a device of one name', async () => {
      const [one, two] = [await as('one'), await as('two')]
      for (const [index, peer] of [one, two].entries()) {
        const name: Agent = index === 0 ? 'one' : 'two'
        await peer.say(topic('NBIRTH', name), birth(20))
        await peer.say(topic('DBIRTH', name, 'press'), deviceBirth('press/force'))
        await peer.say(topic('DDATA', name, 'press'), data('press/force', 10 + index, 2, 3000 + index))
      }
      await until(
        'both',
        async () => (await value('one/press/force')) === 10 && (await value('two/press/force')) === 11,
      )
    })
    it('bad payloads and topics are counted, and nobody is hurt', async () => {
      const one = await as('one', [`millwright/${GROUP}/confirm/one`])
      await one.say(topic('DDATA', 'one', 'plc'), 'no protobuf at all')
      await one.say(`millwright/${GROUP}/event/one`, '{ no json', { qos: 1 })
      await one.say(topic('NBIRTH', 'one'), birth(30))
      await one.say(topic('DDATA', 'one', 'plc'), data('cell/honest', 2, 1, 1004))
      await until('the confirmation', () => one.heard.some(each => String(each.payload).includes('1004')))
    })
  })
})
