/**
 * An OPC UA server (node-opcua) that counts: every node holds the count, each count is said on stdout. Lines on stdin:
 * `drop-sessions keep|delete` ends all sessions, with or without their subscriptions; `alarm raise|return` moves its alarm.
 */
import { createInterface } from 'node:readline'
import { DataType, OPCUACertificateManager, OPCUAServer, StatusCodes, type UAVariable, Variant } from 'node-opcua'
import { COUNT_URI, type CountingSettings } from './settings.ts'

const settings = JSON.parse(process.argv[2]!) as CountingSettings
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`)

const manager = new OPCUACertificateManager({
  rootFolder: settings.pki,
  automaticallyAcceptUnknownCertificate: true,
})
const server = new OPCUAServer({
  port: settings.port,
  hostname: '127.0.0.1',
  serverCertificateManager: manager,
  userCertificateManager: manager,
  // Clients that lose their place leave sessions behind until these expire: room for many.
  serverCapabilities: { minSupportedSampleRate: 0, maxSessions: 1000, maxSubscriptions: 2000 },
  maxConnectionsPerEndpoint: 100,
  disableDiscovery: true,
  // Without security nobody can show that he is the same client: said to be enough here.
  allowAnonymousSubscriptionTransferOnUnsecuredChannel: true,
} as ConstructorParameters<typeof OPCUAServer>[0])
await server.initialize()
const space = server.engine.addressSpace!
space.installAlarmsAndConditionsService()
for (const uri of settings.before ?? []) space.registerNamespace(uri)
const namespace = space.registerNamespace(COUNT_URI)
const line = namespace.addObject({
  browseName: 'Line',
  nodeId: 's=Line',
  organizedBy: space.rootFolder.objects,
  eventSourceOf: space.rootFolder.objects.server,
})
const counts: UAVariable[] = []
for (let index = 0; index < settings.nodes; index += 1) {
  if (settings.missing?.includes(index)) continue
  const name = `Count${index}`
  counts.push(
    namespace.addVariable({
      componentOf: line,
      browseName: name,
      nodeId: `s=${name}`,
      dataType: 'UInt32',
      minimumSamplingInterval: 0,
    }),
  )
}
// Stands still: what has not changed is known after a cut as well.
namespace.addVariable({
  componentOf: line,
  browseName: 'Still',
  nodeId: 's=Still',
  dataType: 'Double',
  minimumSamplingInterval: 0,
  value: { dataType: DataType.Double, value: 42 },
})
const normal = namespace.addVariable({
  componentOf: line,
  browseName: 'Normal',
  nodeId: 's=Normal',
  dataType: 'Boolean',
  value: { dataType: DataType.Boolean, value: false },
})
const alarm = namespace.instantiateOffNormalAlarm({
  browseName: 'DoorOpen',
  nodeId: 's=DoorOpen',
  conditionName: 'DoorOpen',
  conditionSource: line,
  conditionOf: line,
  componentOf: line,
  inputNode: normal,
  normalState: normal,
})
Object.assign(alarm, { onInputDataValueChange: () => {} })
alarm.setSourceName('Line')
alarm.currentBranch().setAckedState(true)

if (settings.refuseTransfer === true)
  Object.assign(server.engine, {
    transferSubscription: async () => ({ statusCode: StatusCodes.BadServiceUnsupported, availableSequenceNumbers: [] }),
  })

let count = settings.first
setInterval(() => {
  count += 1
  const value = new Variant({ dataType: DataType.UInt32, value: count })
  for (const variable of counts) variable.setValueFromSource(value)
  say({ count })
}, settings.tickMs)

createInterface({ input: process.stdin }).on('line', text => {
  const [verb, how] = text.split(' ')
  if (verb === 'drop-sessions') {
    const engine = server.engine as unknown as {
      _sessions: Record<string, { authenticationToken: never }>
      closeSession(token: never, deleteSubscriptions: boolean, reason: string): void
    }
    for (const session of Object.values(engine._sessions))
      engine.closeSession(session.authenticationToken, how === 'delete', 'Terminated')
  } else if (verb === 'alarm') {
    const active = how === 'raise'
    alarm.currentBranch().setActiveState(active)
    if (active) alarm.currentBranch().setAckedState(false)
    alarm.raiseNewCondition({
      message: 'Door open',
      severity: 700,
      quality: StatusCodes.Good,
      retain: active || !alarm.currentBranch().getAckedState(),
    })
  }
  say({ done: text })
})
process.stdin.on('end', () => process.exit(0))

await server.start()
say({ ready: true })
