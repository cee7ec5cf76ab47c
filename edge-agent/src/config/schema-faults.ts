/** Faults against the schema, each with its place and what to write instead. */
import type { Problem } from '@millwright/contract'
import type { TObject, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { type Places, pathOfPointer } from './place.ts'
import { AgentConfig, SOURCE_SCHEMAS } from './schema.ts'

type Path = readonly (string | number)[]

/** An example for each key that may be missing. */
const EXAMPLES: Readonly<Record<string, string>> = {
  agent: 'agent: primary',
  group: 'group: plant',
  data: 'data: ./data',
  server: 'server: { mqtt: mqtt://10.0.0.5:1883, http: http://10.0.0.5:8080 }',
  mqtt: 'mqtt: mqtt://10.0.0.5:1883',
  http: 'http: http://10.0.0.5:8080',
  sources: 'sources: [ … ]',
  id: 'id: plc',
  kind: 'kind: opcua',
  endpoint: 'endpoint: opc.tcp://10.0.0.7:4840',
  host: 'host: 10.0.0.8',
  folder: 'folder: D:/captures',
  station: 'station: AOI-1',
  name: 'name: dryer/outlet_moisture',
  source: 'source: plc',
  address: 'address: nsu=urn:plant;s=Dryer.OutletMoisture',
  type: 'type: float',
  description: 'description: { zh: 出口水分, en: Outlet moisture }',
  zh: 'zh: 出口水分',
  en: 'en: Outlet moisture',
  low: 'low: 0',
  high: 'high: 100',
  policy: 'policy: Basic256Sha256',
  mode: 'mode: SignAndEncrypt',
  condition: 'condition: Dryer.MoistureHigh',
  passwordFile: 'passwordFile: ./agent.secret',
}

const compiled = new Map<TSchema, ReturnType<typeof Compile>>()
const compile = (schema: TSchema) => {
  const known = compiled.get(schema)
  if (known) return known
  const made = Compile(schema)
  compiled.set(schema, made)
  return made
}

/** The schema of a whole file, but for what is judged by itself: sources by their kind. */
const OUTER = { ...AgentConfig, properties: { ...AgentConfig.properties, sources: {} } } as unknown as TObject

export function schemaFaults(value: unknown, places: Places): Problem[] {
  const faults = faultsOf(OUTER, value, [], places)
  const sources = (value as { sources?: unknown } | null)?.sources
  if (sources === undefined || typeof value !== 'object') return faults
  if (!Array.isArray(sources) || sources.length === 0)
    return [...faults, { code: 'MW-1108', place: places.at(['sources']), values: LIST }]
  return [...faults, ...sources.flatMap((source, index) => sourceFaults(source, ['sources', index], places))]
}

const LIST = { detail: 'sources is not a list of sources', wanted: 'sources: and below it - id: plc, kind: opcua …' }

function sourceFaults(source: unknown, path: Path, places: Places): Problem[] {
  const kind = (source as { kind?: unknown } | null)?.kind
  if (kind === undefined)
    return [{ code: 'MW-1107', place: places.at(path), values: { name: 'kind', example: EXAMPLES.kind! } }]
  // Own keys only: `kind: constructor` is no kind.
  const known = typeof kind === 'string' && Object.hasOwn(SOURCE_SCHEMAS, kind)
  const schema = known ? (SOURCE_SCHEMAS[kind as keyof typeof SOURCE_SCHEMAS] as TSchema) : undefined
  if (schema === undefined) {
    const wanted = `one of: ${Object.keys(SOURCE_SCHEMAS).join(', ')}`
    return [
      {
        code: 'MW-1108',
        place: places.at([...path, 'kind']),
        values: { detail: `there is no kind of source "${kind}"`, wanted },
      },
    ]
  }
  return [...missingChoice(kind as string, source as object, path, places), ...faultsOf(schema, source, path, places)]
}

/** Keys of which a source needs one: which kind of line or camera it is. */
const CHOICES: Readonly<Record<string, { readonly keys: readonly string[]; readonly example: string }>> = {
  modbus: {
    keys: ['host', 'serial'],
    example: 'host: 192.168.0.20, or serial: { path: /dev/ttyUSB0, baudRate: 19200 }',
  },
  camera: { keys: ['folder', 'push', 'pipeline'], example: 'folder: ./captures, or push: …, or pipeline: …' },
}

function missingChoice(kind: string, source: object, path: Path, places: Places): Problem[] {
  const choice = CHOICES[kind]
  if (choice === undefined || choice.keys.some(key => key in source)) return []
  const values = { name: choice.keys[0]!, example: choice.example }
  return [{ code: 'MW-1107', place: places.at(path), values }]
}

interface SchemaError {
  readonly keyword: string
  readonly instancePath: string
  readonly schemaPath: string
  readonly message: string
  readonly params: Record<string, unknown>
}

function faultsOf(schema: TSchema, value: unknown, base: Path, places: Places): Problem[] {
  const check = compile(schema)
  if (check.Check(value)) return []
  const errors = check.Errors(value) as unknown as SchemaError[]
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath)
  // Under a union each member complains: one sentence for the union is enough.
  const inUnion = (error: SchemaError) =>
    error.keyword !== 'anyOf' && unions.some(at => error.instancePath === at || error.instancePath.startsWith(`${at}/`))
  return errors.filter(error => !inUnion(error)).flatMap(error => describe(schema, error, base, places))
}

function describe(root: TSchema, error: SchemaError, base: Path, places: Places): Problem[] {
  const path = [...base, ...pathOfPointer(error.instancePath)]
  switch (error.keyword) {
    case 'required':
      return (error.params.requiredProperties as string[]).map(name => ({
        code: 'MW-1107',
        place: places.at(path),
        values: { name, example: EXAMPLES[name] ?? `${name}: …` },
      }))
    case 'additionalProperties': {
      const known = Object.keys((schemaAt(root, error.instancePath) as TObject | undefined)?.properties ?? {}).join(
        ', ',
      )
      return (error.params.additionalProperties as string[]).map(name => ({
        code: 'MW-1105',
        place: places.at([...path, name]),
        values: { name, known },
      }))
    }
    case 'boolean':
      // What "additionalProperties: false" says a second time of the key itself.
      return []
    case 'anyOf': {
      const members =
        (
          schemaAt(root, error.instancePath) as
            | { anyOf?: { title?: string; const?: unknown; type?: string }[] }
            | undefined
        )?.anyOf ?? []
      const wanted = `one of: ${members.map(member => String(member.title ?? member.const ?? member.type)).join(', ')}`
      return [
        { code: 'MW-1108', place: places.at(path), values: { detail: 'none of the values allowed here', wanted } },
      ]
    }
    default:
      return [{ code: 'MW-0101', place: places.at(path), values: { detail: error.message } }]
  }
}

/** The schema of a place in a value. */
function schemaAt(root: TSchema, pointer: string): TSchema | undefined {
  let schema: TSchema | undefined = root
  for (const key of pathOfPointer(pointer)) {
    const inner = schema as { properties?: Record<string, TSchema>; items?: TSchema } | undefined
    schema = typeof key === 'number' ? inner?.items : inner?.properties?.[key]
  }
  return schema
}
