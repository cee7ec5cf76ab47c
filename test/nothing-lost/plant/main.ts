/**
 * The plant of the kill test as a process that is never killed: an OPC UA server whose values all change ten times a second,
 * and a camera that drops a full-HD image a second. All that it offered, and when an agent was connected, is in its truth
 * logs. `node main.ts PORT TAGS DATA CAPTURES`; told "stop" by IPC it offers nothing new, and answers on.
 */
import { join } from 'node:path'
import { openTruthLog, startCaptureStation } from '@millwright/fixtures'
import { DataType, OPCUACertificateManager, OPCUAServer, StatusCodes, type UAVariable } from 'node-opcua'
import { CONNECTED, GONE, LINK, nodeName, TICK_MS } from '../names.ts'
import { fullHd } from './full-hd.ts'

const [port, tags, data, captures] = process.argv.slice(2) as [string, string, string, string]
const count = Number(tags)
const manager = new OPCUACertificateManager({
  rootFolder: join(data, 'pki'),
  automaticallyAcceptUnknownCertificate: true,
})
await manager.initialize()
const server = new OPCUAServer({
  port: Number(port),
  host: '127.0.0.1',
  hostname: '127.0.0.1',
  resourcePath: '',
  serverCertificateManager: manager,
  userCertificateManager: manager,
  allowAnonymous: true,
  disableDiscovery: true,
  // 0: a client that asks for every change gets every change.
  serverCapabilities: {
    minSupportedSampleRate: 0,
    maxSessions: 1000,
    // Killed agents leave theirs behind until they expire.
    maxSubscriptions: 1000,
    maxMonitoredItemsPerSubscription: 10_000,
    maxMonitoredItems: 1_000_000,
  },
  maxConnectionsPerEndpoint: 100,
})
await server.initialize()
const space = server.engine.addressSpace
if (space === null) throw new Error('no address space')
const namespace = space.getOwnNamespace()
const folder = namespace.addObject({ browseName: 'Load', organizedBy: space.rootFolder.objects })
const variables: UAVariable[] = Array.from({ length: count }, (_, index) =>
  namespace.addVariable({
    browseName: nodeName(index),
    nodeId: `s=${nodeName(index)}`,
    componentOf: folder,
    dataType: 'Double',
    minimumSamplingInterval: 0,
  }),
)

const log = openTruthLog(join(data, 'values.jsonl'))
const links = openTruthLog(join(data, 'links.jsonl'))
const say = (value: string) => {
  links.append({ tag: LINK, t: Date.now(), value })
  links.flush()
}

// Connected: every item of one session is watched. Gone: the socket of that session is.
let connected: number | undefined
server.on('create_session', session => {
  let watched = 0
  session.on('new_subscription', subscription => {
    subscription.on('monitoredItem', () => {
      watched += 1
      if (watched !== count) return
      connected = session.channel?.channelId ?? undefined
      say(CONNECTED)
    })
  })
})
server.on('closeChannel', channel => {
  if (channel.channelId !== connected) return
  connected = undefined
  say(GONE)
})

let value = 0
let lastT = 0
const tick = () => {
  // Times rise within a tag, whatever the machine's clock does.
  const t = Math.max(Date.now(), lastT + 1)
  lastT = t
  const sourceTimestamp = new Date(t)
  for (const [index, variable] of variables.entries()) {
    value += 1
    const number = value / 8
    log.append({ tag: nodeName(index), t, value: number })
    variable.setValueFromSource({ dataType: DataType.Double, value: number }, StatusCodes.Good, sourceTimestamp)
  }
  log.flush()
}
tick()
await server.start()
let next = performance.now()
let timer: NodeJS.Timeout
const run = () => {
  tick()
  next = Math.max(next + TICK_MS, performance.now())
  timer = setTimeout(run, Math.max(0, next - performance.now()))
}
run()

const images = fullHd()
const camera = startCaptureStation({
  out: captures,
  data: join(data, 'station'),
  pace_ms: 1000,
  limit: 1_000_000,
  log: join(data, 'captures.jsonl'),
  source: async ({ round, index }) => ({
    name: `C${String(index).padStart(6, '0')}.png`,
    // Every tenth shows a screen, and is inspected with all that belongs to it.
    bytes: images.png(`capture ${round} ${index}`, index % 10 === 0),
    next: { round, index: index + 1 },
  }),
})

process.on('message', message => {
  if (message !== 'stop') return
  clearTimeout(timer)
  void camera.stop().then(() => {
    log.flush()
    process.send?.('stopped')
  })
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
