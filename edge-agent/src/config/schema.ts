/**
 * The agent's file: one schema, giving type, validation and the words of `mw-edge check`. `config/example.yaml` shows
 * every key. Relative paths are relative to the file.
 */
import { AlarmPriority, Limits, LocalText, Range, ValueType } from '@millwright/contract'
import { type Static, Type } from 'typebox'
import { CameraConfig } from './sources/camera.ts'
import { ModbusConfig } from './sources/modbus.ts'
import { OpcuaConfig } from './sources/opcua.ts'
import { StationConfig } from './station.ts'
import { Id, strict } from './strict.ts'

const MqttUrl = Type.String({ pattern: '^(mqtts?|tcp|ssl|ws|wss)://.+', title: 'mqtt://HOST:PORT, mqtts://HOST:PORT' })

export const ServerConfig = strict({
  /** mqtt:// or mqtts:// address of the broker, or several: the next is tried where one is gone or its host offline. */
  mqtt: Type.Union([MqttUrl, Type.Array(MqttUrl, { minItems: 1, title: 'a list of such' })]),
  /** PEM file of the certificates that vouch for the broker; absent: those of the system. */
  caFile: Type.Optional(Type.String()),
  /** Address of the plant server, for images. */
  http: Type.String({ pattern: '^https?://.+' }),
  /** Sparkplug primary host; `none` where there is none to wait for. */
  hostId: Type.Optional(Type.String({ default: 'millwright' })),
  user: Type.Optional(Type.String()),
  /** By default `agent.secret` in the data folder, where `mw-edge enrol` puts it. */
  passwordFile: Type.Optional(Type.String()),
  /**
   * Who says that a value may be forgotten. host: the plant server, once it is stored. broker: another vendor's host, which
   * says nothing; what the broker has taken is forgotten, and may be lost behind it.
   */
  confirm: Type.Optional(Type.Union([Type.Literal('host'), Type.Literal('broker')], { default: 'host' })),
  /** false: every message names and types its metrics, for hosts that know no Sparkplug aliases. */
  aliases: Type.Optional(Type.Boolean({ default: true })),
})

export const SOURCE_SCHEMAS = { opcua: OpcuaConfig, modbus: ModbusConfig, camera: CameraConfig } as const
export const SourceConfig = Type.Union([OpcuaConfig, ModbusConfig, CameraConfig])
export type SourceConfig = Static<typeof SourceConfig>

export const TagConfig = strict({
  /** Below the agent's name, e.g. `dryer/outlet_moisture`. */
  name: Type.String({ pattern: '^[a-z0-9_-]+(/[a-z0-9_-]+)*$', maxLength: 150 }),
  source: Id,
  /** OPC UA: `nsu=URI;s=NAME`, `ns=1;i=5`. Modbus: `TABLE:NUMBER[:TYPE][@ORDER]`. */
  address: Type.String({ minLength: 1 }),
  /** OPC UA: a field of a structure or an element of an array, as `position/x` or `2`. */
  field: Type.Optional(Type.String({ minLength: 1 })),
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
  /** Room taken on the disk at once, so that a disk that others fill still holds new data (in place of the oldest). */
  reserveMb: Type.Optional(Type.Number({ minimum: 0, maximum: 1024, default: 16 })),
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
  /** Stations that work with a PLC: trigger, picture, verdict, handshake. */
  stations: Type.Optional(Type.Array(StationConfig)),
  /** Control loops: their schema stands in `src/control`. */
  loops: Type.Optional(Type.Array(Type.Unknown())),
})
export type AgentConfig = Static<typeof AgentConfig>
