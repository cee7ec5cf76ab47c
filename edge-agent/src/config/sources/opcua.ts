/** An OPC UA server that tags and alarms come from. */
import { AlarmPriority, LocalText } from '@millwright/contract'
import { type Static, Type } from 'typebox'
import { Id, Ms, strict } from '../strict.ts'

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
  /** list (with security the default): only certificates in `pki/trusted/certs` of the data folder · demo: any. */
  trust: Type.Optional(Type.Unsafe<'demo' | 'list'>(Type.Union([Type.Literal('demo'), Type.Literal('list')]))),
  /** Name and password, or an X.509 certificate with its key (PEM files). */
  user: Type.Optional(
    strict({
      name: Type.Optional(Type.String({ minLength: 1 })),
      passwordFile: Type.Optional(Type.String()),
      certificateFile: Type.Optional(Type.String()),
      privateKeyFile: Type.Optional(Type.String()),
    }),
  ),
  publishingMs: Ms(250),
  /** 0: the server reports every change. */
  samplingMs: Type.Optional(Type.Number({ minimum: 0, maximum: 3_600_000, default: 250 })),
  /** Values that the server keeps per tag between two publishings, and through a cut: cut / samplingMs. */
  queueSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 20 })),
  alarms: Type.Optional(Type.Union([Type.Boolean(), Type.Array(OpcuaAlarm)])),
})
export type OpcuaConfig = Static<typeof OpcuaConfig>
