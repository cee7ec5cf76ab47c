/** The PLC's memory as an OPC UA server (node-opcua). */
import { DataType, OPCUACertificateManager, OPCUAServer, StatusCodes, type UAVariable, Variant } from 'node-opcua'
import { type Memory, SIGNALS, type Signal, type Value } from './plc.ts'

const URI = 'urn:millwright:test:plc'
const FLAGS: readonly Signal[] = ['trigger', 'busy', 'valid', 'ack']
const TEXTS: readonly Signal[] = ['panel', 'resultPanel']
const typeOf = (signal: Signal) =>
  FLAGS.includes(signal) ? DataType.Boolean : TEXTS.includes(signal) ? DataType.String : DataType.Int32
const initial = (signal: Signal): Value => (FLAGS.includes(signal) ? false : TEXTS.includes(signal) ? '' : 0)

export const opcuaAddress = (signal: Signal): string => `nsu=${URI};s=${signal}`

export async function startOpcuaPlc(pki: string): Promise<Memory & { endpoint: string; stop(): Promise<void> }> {
  const server = new OPCUAServer({
    port: 0,
    hostname: '127.0.0.1',
    serverCertificateManager: new OPCUACertificateManager({
      rootFolder: pki,
      automaticallyAcceptUnknownCertificate: true,
    }),
    serverCapabilities: { minSupportedSampleRate: 0 },
  })
  await server.initialize()
  const { addressSpace } = server.engine
  if (!addressSpace) throw new Error('no address space')
  const namespace = addressSpace.registerNamespace(URI)
  const folder = namespace.addObject({ browseName: 'Station', organizedBy: addressSpace.rootFolder.objects })
  const listeners: ((signal: Signal) => void)[] = []
  const values = new Map<Signal, Value>(SIGNALS.map(signal => [signal, initial(signal)]))
  const variables = new Map<Signal, UAVariable>()
  for (const signal of SIGNALS) {
    const dataType = typeOf(signal)
    const variable = namespace.addVariable({
      componentOf: folder,
      browseName: signal,
      nodeId: `s=${signal}`,
      dataType,
      minimumSamplingInterval: 10,
      value: {
        get: () => new Variant({ dataType, value: values.get(signal) }),
        set(variant: Variant) {
          values.set(signal, variant.value as Value)
          for (const listener of listeners) listener(signal)
          return StatusCodes.Good
        },
      },
    })
    variables.set(signal, variable)
  }
  await server.start()
  return {
    endpoint: `opc.tcp://127.0.0.1:${server.endpoints[0]?.port}`,
    get: signal => values.get(signal) ?? initial(signal),
    set(signal, value) {
      values.set(signal, value)
      // Said to those who watch.
      variables.get(signal)?.touchValue()
    },
    onWritten: listener => void listeners.push(listener),
    stop: () => server.shutdown(0),
  }
}
