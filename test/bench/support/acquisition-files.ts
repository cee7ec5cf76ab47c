/** The same devices as an agent's file and as Telegraf's. */
import { LOAD_URI, nodeName } from './opcua-names.ts'

/** Of one Modbus device, all read every second. */
export const REGISTERS = 200
/** Of one request. */
const BLOCK = 100
/** Values that the server keeps of an item: enough for a reader that is held up for some seconds. */
const QUEUE = 100

interface Load {
  readonly opcuaPort: number
  /** Index of the server's namespace, for readers that do not look a URI up. */
  readonly namespace: number
  readonly modbusPorts: readonly number[]
  readonly items: number
  readonly tickMs: number
}

export function agentFile(load: Load & { readonly mqttPort: number; readonly data: string }): string {
  const text = (name: string) => ({ zh: name, en: name })
  const opcua = Array.from({ length: load.items }, (_, index) => ({
    name: `v${index}`,
    source: 'plc',
    address: `nsu=${LOAD_URI};s=${nodeName(index)}`,
    type: 'float',
    description: text(`v${index}`),
  }))
  const modbus = load.modbusPorts.flatMap((_, device) =>
    Array.from({ length: REGISTERS }, (__, register) => ({
      name: `d${device}/r${register}`,
      source: `d${device}`,
      address: `holding:${register}:uint16`,
      type: 'int',
      description: text(`r${register}`),
    })),
  )
  // JSON is YAML too.
  return JSON.stringify({
    agent: 'edge',
    group: 'bench',
    data: load.data,
    server: { mqtt: `mqtt://127.0.0.1:${load.mqttPort}`, http: 'http://127.0.0.1:9' },
    sources: [
      {
        id: 'plc',
        kind: 'opcua',
        endpoint: `opc.tcp://127.0.0.1:${load.opcuaPort}`,
        publishingMs: load.tickMs,
        samplingMs: 0,
        queueSize: QUEUE,
      },
      ...load.modbusPorts.map((port, device) => ({
        id: `d${device}`,
        kind: 'modbus',
        host: '127.0.0.1',
        port,
        pollMs: 1000,
        maxRegisters: BLOCK,
      })),
    ],
    tags: [...opcua, ...modbus],
  })
}

export function telegrafFile({
  opcuaPort,
  namespace,
  modbusPorts,
  items,
  tickMs,
  out,
}: Load & { readonly out: string }): string {
  const nodes = Array.from(
    { length: items },
    (_, index) =>
      `[[inputs.opcua_listener.nodes]]\nname = "v${index}"\nnamespace = "${namespace}"\nidentifier_type = "s"\nidentifier = "${nodeName(index)}"\n` +
      `[inputs.opcua_listener.nodes.monitoring_params]\nsampling_interval = "0s"\nqueue_size = ${QUEUE}\ndiscard_oldest = true\n`,
  )
  const fields = Array.from(
    { length: REGISTERS },
    (_, register) => `{ address = ${register}, name = "r${register}", type = "UINT16" }`,
  )
  const devices = modbusPorts.map(
    (port, device) =>
      `[[inputs.modbus]]\nname = "d${device}"\ntimeout = "1s"\ncontroller = "tcp://127.0.0.1:${port}"\nconfiguration_type = "request"\n` +
      `[[inputs.modbus.request]]\nslave_id = 1\nbyte_order = "ABCD"\nregister = "holding"\nfields = [${fields.join(', ')}]\n`,
  )
  return [
    '[agent]\ninterval = "1s"\nflush_interval = "1s"\nmetric_batch_size = 10000\nmetric_buffer_limit = 1000000\nomit_hostname = true\n',
    `[[outputs.file]]\nfiles = ["${out}"]\ndata_format = "influx"\n`,
    `[[inputs.opcua_listener]]\nendpoint = "opc.tcp://127.0.0.1:${opcuaPort}"\nsubscription_interval = "${tickMs}ms"\n` +
      'security_policy = "None"\nsecurity_mode = "None"\nauth_method = "Anonymous"\ntimestamp = "source"\n',
    ...nodes,
    ...devices,
  ].join('\n')
}
