/** An OPC UA server whose every node counts in step, as a process of its own. Its task and answers go by IPC. */
import { DataType, OPCUACertificateManager, OPCUAServer, type UAVariable, Variant } from 'node-opcua'
import { LOAD_URI, nodeName } from './opcua-names.ts'

export interface OpcuaLoadTask {
  readonly pki: string
  readonly nodes: number
  readonly tickMs: number
}
export type OpcuaLoadSays = { readonly port: number; readonly namespace: number } | { readonly count: number }

async function run({ pki, nodes, tickMs }: OpcuaLoadTask): Promise<void> {
  const server = new OPCUAServer({
    port: 0,
    hostname: '127.0.0.1',
    serverCertificateManager: new OPCUACertificateManager({
      rootFolder: pki,
      automaticallyAcceptUnknownCertificate: true,
    }),
    serverCapabilities: { minSupportedSampleRate: 0, maxMonitoredItemsQueueSize: 1000 },
  })
  await server.initialize()
  const space = server.engine.addressSpace!
  const namespace = space.registerNamespace(LOAD_URI)
  const folder = namespace.addObject({ browseName: 'Load', organizedBy: space.rootFolder.objects })
  const variables: UAVariable[] = Array.from({ length: nodes }, (_, index) =>
    namespace.addVariable({
      componentOf: folder,
      browseName: nodeName(index),
      nodeId: `s=${nodeName(index)}`,
      dataType: 'Double',
      minimumSamplingInterval: 0,
    }),
  )
  await server.start()
  let count = 0
  setInterval(() => {
    count += 1
    const value = new Variant({ dataType: DataType.Double, value: count })
    for (const variable of variables) variable.setValueFromSource(value)
  }, tickMs)
  process.on('message', () => process.send?.({ count } satisfies OpcuaLoadSays))
  process.send?.({ port: server.endpoints[0]!.port, namespace: namespace.index } satisfies OpcuaLoadSays)
}

process.on('disconnect', () => process.exit(0))
process.once('message', task => void run(task as OpcuaLoadTask))
