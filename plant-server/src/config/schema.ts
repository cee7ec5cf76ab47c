/** The plant server's configuration file. One schema gives type, check and documentation; `example.yaml` shows it. */
import { type Static, Type } from 'typebox'
import type { RetentionRule } from '../domain/history/retention.ts'
import type { ImageRules } from '../domain/image-keeping.ts'

const closed = { additionalProperties: false }
const Port = Type.Integer({ minimum: 0, maximum: 65535 })
const Days = Type.Number({ minimum: 0, maximum: 36_500 })
const Name = Type.String({ pattern: '^[A-Za-z0-9_.-]{1,64}$' })

export const ConfigFile = Type.Object(
  {
    /** Data folder, relative to this file. */
    data: Type.Optional(Type.String()),
    http: Type.Optional(Type.Object({ host: Type.Optional(Type.String()), port: Type.Optional(Port) }, closed)),
    broker: Type.Optional(
      Type.Union([
        Type.Object(
          {
            embedded: Type.Object(
              {
                host: Type.Optional(Type.String()),
                port: Port,
                /** PEM files, relative to this file: agents connect by mqtts:// then. */
                tls: Type.Optional(Type.Object({ certFile: Type.String(), keyFile: Type.String() }, closed)),
                /** Retained messages and sessions outlive the process. */
                persistence: Type.Optional(Type.Boolean()),
              },
              closed,
            ),
          },
          closed,
        ),
        Type.Object(
          {
            url: Type.String({ pattern: '^(mqtt|mqtts)://' }),
            user: Type.String(),
            passwordFile: Type.String(),
            /** PEM file of the certificates that vouch for the broker; absent: those of the system. */
            caFile: Type.Optional(Type.String()),
          },
          closed,
        ),
      ]),
    ),
    /** Sparkplug group id and host id. */
    group: Type.Optional(Name),
    hostId: Type.Optional(Name),
    /** Sparkplug's reorder timeout: how long a message whose number is missing is waited for, ms. 0: not at all. */
    reorderMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
    /** Agents that may connect; the file holds the secret on its first line. */
    agents: Type.Optional(
      Type.Array(
        Type.Object({ id: Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,63}$' }), secretFile: Type.String() }, closed),
      ),
    ),
    /** One sign-in per role on first start; loopback only. */
    demo: Type.Optional(Type.Boolean()),
    /** How long readings and their roll-ups are kept: the first rule that fits a tag's name holds. */
    history: Type.Optional(
      Type.Object(
        {
          retention: Type.Array(
            Type.Object(
              {
                tags: Type.String({ minLength: 1, maxLength: 200 }),
                rawDays: Type.Optional(Days),
                secondDays: Type.Optional(Days),
                minuteDays: Type.Optional(Days),
                hourDays: Type.Optional(Days),
              },
              closed,
            ),
            { maxItems: 1000 },
          ),
        },
        closed,
      ),
    ),
    /** How long images are kept after their capture, by verdict, and how much they may take together. */
    images: Type.Optional(
      Type.Object(
        {
          maxGb: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
          failDays: Type.Optional(Days),
          reviewDays: Type.Optional(Days),
          passDays: Type.Optional(Days),
        },
        closed,
      ),
    ),
    /** The plant as an OPC UA server for other systems; off where absent. */
    opcuaServer: Type.Optional(
      Type.Object(
        {
          host: Type.Optional(Type.String()),
          port: Port,
          /** Name by which clients reach this machine, for the endpoint's address and the certificate. */
          hostname: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9.:-]{1,253}$' })),
        },
        closed,
      ),
    ),
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
  | {
      readonly kind: 'embedded'
      readonly host: string
      readonly port: number
      /** PEM texts. */
      readonly tls?: { readonly cert: string; readonly key: string }
      readonly persistence?: boolean
    }
  | {
      readonly kind: 'outside'
      readonly url: string
      readonly user: string
      readonly password: string
      /** PEM text. */
      readonly ca?: string
    }

export interface OpcuaServerConfig {
  readonly host: string
  readonly port: number
  readonly hostname: string
}

/** Complete: defaults filled in, secrets read, paths absolute. */
export interface Config {
  readonly data: string
  readonly http: { readonly host: string; readonly port: number }
  readonly broker: BrokerConfig
  readonly group: string
  readonly hostId: string
  /** ms; 2000 where absent. */
  readonly reorderMs?: number
  readonly agents: ReadonlyMap<string, string>
  readonly demo: boolean
  readonly timeZone: string
  /** Retention by tag; none where absent: the defaults hold. */
  readonly retention?: readonly RetentionRule[]
  readonly images?: ImageRules
  readonly opcuaServer?: OpcuaServerConfig
  /** Folder of knowledge documents. */
  readonly knowledge?: string
  readonly llm?: { readonly baseUrl: string; readonly model: string; readonly apiKey?: string }
}
