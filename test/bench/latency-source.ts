/**
 * An OPC UA server with thousands of variables, as a process of its own. They change in turn, spread evenly; a value
 * is the ms since `base` at which it was set, which is its source time too. Task and readiness go by IPC.
 */
import { DataType, OPCUACertificateManager, OPCUAServer, type UAVariable, Variant } from 'node-opcua'

export interface SourceTask {
  readonly pki: string
  readonly tags: number
  /** Changes a second of all together. */
  readonly perSecond: number
  /** ms since 1970. */
  readonly base: number
}

export interface SourceReady {
  readonly endpoint: string
}

export const SOURCE_URI = 'urn:millwright:bench:source'
export const sourceNode = (index: number) => `value_${index}`

const TURN_MS = 10

async function serve({ pki, tags, perSecond, base }: SourceTask): Promise<SourceReady> {
  const server = new OPCUAServer({
    port: 0,
    hostname: '127.0.0.1',
    serverCertificateManager: new OPCUACertificateManager({
      rootFolder: pki,
      automaticallyAcceptUnknownCertificate: true,
    }),
    disableDiscovery: true,
    serverCapabilities: { minSupportedSampleRate: 0 },
  })
  await server.initialize()
  const { addressSpace } = server.engine
  if (!addressSpace) throw new Error('no address space')
  const namespace = addressSpace.registerNamespace(SOURCE_URI)
  const folder = namespace.addObject({ browseName: 'Values', organizedBy: addressSpace.rootFolder.objects })
  const variables: UAVariable[] = []
  for (let index = 0; index < tags; index += 1) {
    const name = sourceNode(index)
    const variable = namespace.addVariable({
      componentOf: folder,
      browseName: name,
      nodeId: `s=${name}`,
      dataType: DataType.Double,
      minimumSamplingInterval: 0,
    })
    variable.setValueFromSource(new Variant({ dataType: DataType.Double, value: 0 }))
    variables.push(variable)
  }
  await server.start()
  const begin = performance.now()
  let set = 0
  setInterval(() => {
    const due = Math.floor(((performance.now() - begin) / 1000) * perSecond)
    for (; set < due; set += 1)
      variables[set % tags]?.setValueFromSource(
        new Variant({ dataType: DataType.Double, value: Date.now() - base }),
        undefined,
        new Date(Date.now()),
      )
  }, TURN_MS)
  return { endpoint: `opc.tcp://127.0.0.1:${server.endpoints[0]?.port}` }
}

process.on('disconnect', () => process.exit(0))
process.once('message', task => {
  serve(task as SourceTask).then(
    ready => process.send?.(ready),
    error => {
      process.stderr.write(`source: ${error instanceof Error ? error.message : String(error)}\n`)
      process.exit(1)
    },
  )
})
