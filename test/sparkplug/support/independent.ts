/**
 * Sparkplug B by somebody else's hand: protobufjs with the code that Eclipse Tahu generated from the standard's
 * `sparkplug_b.proto`. What our codec writes is read by it, field by field, and the other way round.
 */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

export interface RawMetric {
  readonly name?: string
  readonly alias?: string
  readonly timestamp?: string
  readonly datatype?: number
  readonly isHistorical?: boolean
  readonly isTransient?: boolean
  readonly isNull?: boolean
  readonly properties?: { readonly keys: string[]; readonly values: RawValue[] }
  readonly intValue?: number
  readonly longValue?: string
  readonly floatValue?: number
  readonly doubleValue?: number
  readonly booleanValue?: boolean
  readonly stringValue?: string
  readonly templateValue?: RawTemplate
  readonly datasetValue?: Record<string, unknown>
}
export interface RawValue {
  readonly type?: number
  readonly isNull?: boolean
  readonly intValue?: number
  readonly longValue?: string
  readonly doubleValue?: number
  readonly booleanValue?: boolean
  readonly stringValue?: string
}
export interface RawTemplate {
  readonly version?: string
  readonly metrics?: RawMetric[]
  readonly parameters?: (RawValue & { readonly name?: string })[]
  readonly templateRef?: string
  readonly isDefinition?: boolean
}
/** Fields that are not on the wire are absent; 64-bit integers are texts. */
export interface RawPayload {
  readonly timestamp?: string
  readonly metrics?: RawMetric[]
  readonly seq?: string
}

interface Message {
  decode(bytes: Uint8Array): object
  encode(message: object): { finish(): Uint8Array }
  fromObject(object: object): object
  verify(object: object): string | null
  toObject(message: object, options: object): object
}
const { Payload } = (
  require('sparkplug-payload/lib/sparkplugPayloadProto.js') as {
    org: { eclipse: { tahu: { protobuf: { Payload: Message } } } }
  }
).org.eclipse.tahu.protobuf

export const readRaw = (bytes: Uint8Array): RawPayload =>
  Payload.toObject(Payload.decode(bytes), { longs: String }) as RawPayload

/** Enforces the types of the .proto. */
export function writeRaw(payload: RawPayload): Uint8Array {
  const message = Payload.fromObject(payload)
  const fault = Payload.verify(message)
  if (fault !== null) throw new Error(fault)
  return Payload.encode(message).finish()
}
