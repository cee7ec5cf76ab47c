/**
 * The agent's file: one schema, giving type, validation and the words of `mw-edge check`. `config/example.yaml` shows
 * every key. Relative paths are relative to the file.
 */
import { AlarmPriority, Limits, LocalText, Range, ValueType } from '@millwright/contract'
import { type Static, type TProperties, Type } from 'typebox'

/** An object that refuses keys it does not know: a typing error is named instead of ignored. */
const strict = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false })

const Id = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]*$', maxLength: 60 })
const Ms = (fallback: number) => Type.Optional(Type.Number({ minimum: 1, maximum: 3_600_000, default: fallback }))

export const ServerConfig = strict({
  /** mqtt:// or mqtts:// address of the broker. */
  mqtt: Type.String({ pattern: '^(mqtts?|tcp|ssl|ws|wss)://.+' }),
  /** Address of the plant server, for images. */
  http: Type.String({ pattern: '^https?://.+' }),
  /** Sparkplug primary host; `none` where there is none to wait for. */
  hostId: Type.Optional(Type.String({ default: 'millwright' })),
  user: Type.Optional(Type.String()),
  passwordFile: Type.Optional(Type.String()),
})

/** One A&C condition that is carried as an alarm: matched by `condition`, the source's or the condition's name. */
export const OpcuaAlarm = strict({
  condition: Type.String({ minLength: 1 }),
  priority: Type.Optional(AlarmPriority),
  equipment: Type.Optional(Type.String()),
  /** Tag (name in this file) that the alarm belongs to. */
  tag: Type.Optional(Type.String()),
  message: Type.Optional(LocalText),
})
export type OpcuaAlarm = Static<typeof OpcuaAlarm>

export const OpcuaConfig = strict({
  id: Id,
  kind: Type.Literal('opcua'),
  endpoint: Type.String({ pattern: '^opc\\.tcp://.+' }),
  security: Type.Optional(
    strict({
      policy: Type.Unsafe<'None' | 'Basic256Sha256' | 'Aes128_Sha256_RsaOaep' | 'Aes256_Sha256_RsaPss'>(
        Type.Union(
          ['None', 'Basic256Sha256', 'Aes128_Sha256_RsaOaep', 'Aes256_Sha256_RsaPss'].map(name => Type.Literal(name)),
        ),
      ),
      mode: Type.Unsafe<'None' | 'Sign' | 'SignAndEncrypt'>(
        Type.Union(['None', 'Sign', 'SignAndEncrypt'].map(name => Type.Literal(name))),
      ),
    }),
  ),
  /** demo: any server certificate · list: only those in `pki/trusted/certs` of the data folder. */
  trust: Type.Optional(Type.Unsafe<'demo' | 'list'>(Type.Union([Type.Literal('demo'), Type.Literal('list')]))),
  user: Type.Optional(strict({ name: Type.String(), passwordFile: Type.String() })),
  publishingMs: Ms(250),
  /** 0: the server reports every change. */
  samplingMs: Type.Optional(Type.Number({ minimum: 0, maximum: 3_600_000, default: 250 })),
  /** Values that the server keeps per tag between two publishings. */
  queueSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 20 })),
  alarms: Type.Optional(Type.Union([Type.Boolean(), Type.Array(OpcuaAlarm)])),
})
export type OpcuaConfig = Static<typeof OpcuaConfig>

export const WORD_ORDERS = ['abcd', 'cdab', 'badc', 'dcba'] as const
export const ModbusConfig = strict({
  id: Id,
  kind: Type.Literal('modbus'),
  host: Type.String({ minLength: 1 }),
  port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, default: 502 })),
  unit: Type.Optional(Type.Integer({ minimum: 0, maximum: 255, default: 1 })),
  pollMs: Ms(1000),
  timeoutMs: Ms(1000),
  /** Order of the bytes of a 32-bit value in two registers, where an address does not say. */
  order: Type.Optional(
    Type.Unsafe<(typeof WORD_ORDERS)[number]>(Type.Union(WORD_ORDERS.map(name => Type.Literal(name)))),
  ),
  maxRegisters: Type.Optional(Type.Integer({ minimum: 1, maximum: 125, default: 125 })),
  /** Unused registers that may be read along to save a request. */
  maxGap: Type.Optional(Type.Integer({ minimum: 0, maximum: 100, default: 8 })),
})
export type ModbusConfig = Static<typeof ModbusConfig>

export const CameraConfig = strict({
  id: Id,
  kind: Type.Literal('camera'),
  folder: Type.String({ minLength: 1 }),
  /** ISA-95 equipment id of the inspecting station. */
  station: Type.String({ minLength: 1 }),
  /** A file whose size has not changed for so long is complete. */
  settleMs: Ms(300),
  /** Look into the folder again at least so often. */
  pollMs: Ms(1000),
  recipe: Type.Optional(Type.String()),
  /** What becomes of a file once it is recorded: keep it, move it to `done/`, or delete it. */
  after: Type.Optional(
    Type.Unsafe<'keep' | 'move' | 'delete'>(
      Type.Union([Type.Literal('keep'), Type.Literal('move'), Type.Literal('delete')]),
    ),
  ),
})
export type CameraConfig = Static<typeof CameraConfig>

export const SOURCE_SCHEMAS = { opcua: OpcuaConfig, modbus: ModbusConfig, camera: CameraConfig } as const
export const SourceConfig = Type.Union([OpcuaConfig, ModbusConfig, CameraConfig])
export type SourceConfig = Static<typeof SourceConfig>

export const TagConfig = strict({
  /** Below the agent's name, e.g. `dryer/outlet_moisture`. */
  name: Type.String({ pattern: '^[a-z0-9_-]+(/[a-z0-9_-]+)*$', maxLength: 150 }),
  source: Id,
  /** OPC UA: `nsu=URI;s=NAME`, `ns=1;i=5`. Modbus: `TABLE:NUMBER[:TYPE][@ORDER]`. */
  address: Type.String({ minLength: 1 }),
  type: ValueType,
  unit: Type.Optional(Type.String({ default: '' })),
  description: LocalText,
  /** value = raw * scale + offset, for numbers. */
  scale: Type.Optional(Type.Number()),
  offset: Type.Optional(Type.Number()),
  range: Type.Optional(Range),
  limits: Type.Optional(Limits),
  /** Priority of the alarms that `limits` raise. Absent: the limits are shown, and raise nothing. */
  limitAlarms: Type.Optional(AlarmPriority),
  deadband: Type.Optional(
    strict({
      abs: Type.Optional(Type.Number({ minimum: 0 })),
      percent: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
    }),
  ),
  /** Absolute limits of a write, and the largest step from the present value. */
  writable: Type.Optional(
    strict({
      low: Type.Number(),
      high: Type.Number(),
      maxStep: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    }),
  ),
  equipment: Type.Optional(Type.String()),
  /** Without a sample for so long the value becomes uncertain. Only for values that always change or are polled. */
  staleSeconds: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
})
export type TagConfig = Static<typeof TagConfig>

export const OutboxConfig = strict({
  maxMb: Type.Optional(Type.Number({ minimum: 1, default: 2048 })),
  maxDays: Type.Optional(Type.Number({ exclusiveMinimum: 0, default: 30 })),
  /** Readings and events are made durable together so often. */
  commitMs: Type.Optional(Type.Number({ minimum: 10, maximum: 1000, default: 150 })),
})

export const AgentConfig = strict({
  agent: Id,
  group: Type.String({ pattern: '^[A-Za-z0-9_-]+$' }),
  /** Folder for outbox, images and certificates; made when missing. */
  data: Type.String({ minLength: 1 }),
  server: ServerConfig,
  sources: Type.Array(SourceConfig, { minItems: 1 }),
  tags: Type.Optional(Type.Array(TagConfig)),
  outbox: Type.Optional(OutboxConfig),
  /** Control loops: their schema stands in `src/control`. */
  loops: Type.Optional(Type.Array(Type.Unknown())),
})
export type AgentConfig = Static<typeof AgentConfig>
