/** A real OPC UA server in process, for tests: a few variables whose values the test sets. */
import { DataType, OPCUACertificateManager, OPCUAServer, type UAVariable, Variant, WriteRequest } from 'node-opcua'

export const TEST_URI = 'urn:millwright:test'

export interface TestServer {
  readonly endpoint: string
  readonly port: number
  set(name: string, value: number | boolean | string): void
  get(name: string): unknown
  /** Write service calls since this was last asked. */
  writes(): number
  /** Makes a node that was not there. */
  add(name: string, value: number | boolean | string): void
  /** Removes a node while the server runs. */
  remove(name: string): void
  stop(): Promise<void>
}

export interface TestServerOptions {
  /** 0: a free one. */
  readonly port?: number
  readonly pki: string
  readonly values: Readonly<Record<string, number | boolean | string>>
  /** Other namespaces registered before ours, which moves its index. */
  readonly before?: readonly string[]
}

const typeOf = (value: number | boolean | string) =>
  typeof value === 'number' ? DataType.Double : typeof value === 'boolean' ? DataType.Boolean : DataType.String

export async function startTestServer({ port = 0, pki, values, before = [] }: TestServerOptions): Promise<TestServer> {
  const server = new OPCUAServer({
    port,
    hostname: '127.0.0.1',
    serverCertificateManager: new OPCUACertificateManager({
      rootFolder: pki,
      automaticallyAcceptUnknownCertificate: true,
    }),
    buildInfo: { productName: 'test' },
    serverCapabilities: { minSupportedSampleRate: 0 },
  })
  await server.initialize()
  const { addressSpace } = server.engine
  if (!addressSpace) throw new Error('no address space')
  for (const uri of before) addressSpace.registerNamespace(uri)
  const namespace = addressSpace.registerNamespace(TEST_URI)
  const folder = namespace.addObject({ browseName: 'Line', organizedBy: addressSpace.rootFolder.objects })
  const variables = new Map<string, UAVariable>()
  const add = (name: string, value: number | boolean | string) => {
    const variable = namespace.addVariable({
      componentOf: folder,
      browseName: name,
      nodeId: `s=${name}`,
      dataType: typeOf(value),
      // 0: every change reaches a client that asks for no coarser sampling.
      minimumSamplingInterval: 0,
    })
    variable.setValueFromSource(new Variant({ dataType: typeOf(value), value }))
    variables.set(name, variable)
  }
  for (const [name, value] of Object.entries(values)) add(name, value)
  let writes = 0
  server.on('request', request => {
    if (request instanceof WriteRequest) writes += 1
  })
  await server.start()
  const endpoint = server.endpoints[0]?.port ?? port
  return {
    endpoint: `opc.tcp://127.0.0.1:${endpoint}`,
    port: endpoint,
    set(name, value) {
      variables.get(name)?.setValueFromSource(new Variant({ dataType: typeOf(value), value }))
    },
    add,
    remove(name) {
      const variable = variables.get(name)
      if (variable) addressSpace.deleteNode(variable)
      variables.delete(name)
    },
    get: name => variables.get(name)?.readValue().value.value,
    writes() {
      const counted = writes
      writes = 0
      return counted
    },
    stop: () => server.shutdown(0),
  }
}
