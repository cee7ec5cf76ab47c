/** The plant server's configuration file. One schema gives type, check and documentation; `example.yaml` shows it. */
import { type Static, Type } from 'typebox'

const closed = { additionalProperties: false }
const Port = Type.Integer({ minimum: 0, maximum: 65535 })
const Name = Type.String({ pattern: '^[A-Za-z0-9_.-]{1,64}$' })

export const ConfigFile = Type.Object(
  {
    /** Data folder, relative to this file. */
    data: Type.Optional(Type.String()),
    http: Type.Optional(Type.Object({ host: Type.Optional(Type.String()), port: Type.Optional(Port) }, closed)),
    broker: Type.Optional(
      Type.Union([
        Type.Object({ embedded: Type.Object({ host: Type.Optional(Type.String()), port: Port }, closed) }, closed),
        Type.Object(
          { url: Type.String({ pattern: '^(mqtt|mqtts)://' }), user: Type.String(), passwordFile: Type.String() },
          closed,
        ),
      ]),
    ),
    /** Sparkplug group id and host id. */
    group: Type.Optional(Name),
    hostId: Type.Optional(Name),
    /** Agents that may connect; the file holds the secret on its first line. */
    agents: Type.Optional(
      Type.Array(
        Type.Object({ id: Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,63}$' }), secretFile: Type.String() }, closed),
      ),
    ),
    /** One sign-in per role on first start; loopback only. */
    demo: Type.Optional(Type.Boolean()),
    /** IANA name, for the plant's day. */
    timeZone: Type.Optional(Type.String()),
    /** Folder of knowledge documents, relative to this file. */
    knowledge: Type.Optional(Type.String()),
    /** Any server that speaks the OpenAI chat protocol. */
    llm: Type.Optional(
      Type.Object(
        {
          baseUrl: Type.String({ pattern: '^https?://' }),
          model: Type.String(),
          apiKeyFile: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type ConfigFile = Static<typeof ConfigFile>

export type BrokerConfig =
  | { readonly kind: 'embedded'; readonly host: string; readonly port: number }
  | { readonly kind: 'outside'; readonly url: string; readonly user: string; readonly password: string }

/** Complete: defaults filled in, secrets read, paths absolute. */
export interface Config {
  readonly data: string
  readonly http: { readonly host: string; readonly port: number }
  readonly broker: BrokerConfig
  readonly group: string
  readonly hostId: string
  readonly agents: ReadonlyMap<string, string>
  readonly demo: boolean
  readonly timeZone: string
  /** Folder of knowledge documents. */
  readonly knowledge?: string
  readonly llm?: { readonly baseUrl: string; readonly model: string; readonly apiKey?: string }
}
