/**
 * Which tag a metric of a node is: by name, by alias, or as a member of a template. Births teach it, data uses it.
 * Another vendor's names are turned into ours (`foreignTagOf`).
 */
import {
  asType,
  type DataType,
  type DecodedMetric,
  foreignTagOf,
  type SparkplugMetric,
  type Template,
  tagOf,
  valueTypeOf,
} from '@millwright/contract'

/** A metric that is a tag. */
export interface TagMetric {
  readonly tag: string
  readonly metric: SparkplugMetric
}

/** Told of each metric that is no tag. `unborn`: it is named by an alias that no birth has explained. */
export type OnUnusable = (what: string, unborn?: 'unborn') => void

interface Known {
  readonly tag: string
  readonly type: DataType | undefined
}

export interface NodeMetrics {
  /** A new session: what older births said holds no more. */
  forget(): void
  /** Metrics of a birth as tags; `unusable` gets what can be none. */
  birth(device: string | undefined, metrics: readonly DecodedMetric[], own: boolean, unusable: OnUnusable): TagMetric[]
  /** Metrics of data as tags. */
  data(device: string | undefined, metrics: readonly DecodedMetric[], own: boolean, unusable: OnUnusable): TagMetric[]
}

/** Of the node itself, no tags. */
const NODE_METRICS = /^(bdSeq$|Node Control\/|Device Control\/|Properties\/|Node Info\/)/
const MOST_DEPTH = 8
/** Names kept per node: a node that sends ever new ones must not grow without bound. */
const MOST_NAMES = 200_000

export function createNodeMetrics(node: string, isTagName: (name: string) => boolean): NodeMetrics {
  /** By alias: one space for the whole node (tck-id-payloads-alias-uniqueness). */
  const aliases = new Map<number | bigint, Known | 'node'>()
  const names = new Map<string, Known | null>()
  /** Which metric has taken a tag: two names that differ only in what our names have no letter for. */
  const owners = new Map<string, string>()
  const definitions = new Map<string, Template>()

  const keyOf = (device: string | undefined, name: string) => `${device ?? ''}\n${name}`

  function tagFor(device: string | undefined, name: string, own: boolean): string | undefined {
    const tag = own ? tagOf(node, name) : foreignTagOf(node, device, name)
    if (!isTagName(tag)) return undefined
    const key = keyOf(own ? undefined : device, name)
    const owner = owners.get(tag)
    if (owner === undefined) {
      if (owners.size < MOST_NAMES) owners.set(tag, key)
      return tag
    }
    return owner === key ? tag : undefined
  }

  /** null: no tag can have this name. */
  function byName(device: string | undefined, name: string, own: boolean): Known | null {
    const key = keyOf(device, name)
    const known = names.get(key)
    if (known !== undefined) return known
    const tag = tagFor(device, name, own)
    const found = tag === undefined ? null : { tag, type: undefined }
    if (names.size < MOST_NAMES) names.set(key, found)
    return found
  }

  /** Instances become their members, `instance/member`; definitions are kept for the types of members. */
  function flat(
    metrics: readonly DecodedMetric[],
    prefix: string,
    outer: DecodedMetric | undefined,
    depth: number,
    unusable: OnUnusable,
  ): DecodedMetric[] {
    const out: DecodedMetric[] = []
    for (const metric of metrics) {
      const { value } = metric
      const name = metric.name === undefined || prefix === '' ? metric.name : `${prefix}/${metric.name}`
      const timestamp = metric.timestamp ?? outer?.timestamp
      const isHistorical = metric.isHistorical ?? outer?.isHistorical
      if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'template') {
        out.push(prefix === '' ? metric : { ...metric, name, timestamp, isHistorical })
        continue
      }
      if (value.isDefinition) {
        if (metric.name !== undefined && definitions.size < 1000) definitions.set(metric.name, value)
        continue
      }
      const known = name ?? (metric.alias === undefined ? undefined : templates.get(metric.alias))
      if (known === undefined || depth > MOST_DEPTH) {
        if (known === undefined) unusable(`template by alias ${metric.alias}`, 'unborn')
        else unusable(`${known}: templates too deep`)
        continue
      }
      if (metric.alias !== undefined && metric.name !== undefined) templates.set(metric.alias, known)
      const definition = value.templateRef === undefined ? undefined : definitions.get(value.templateRef)
      const typed = value.metrics.map(member => ({
        ...member,
        type: member.type ?? definition?.metrics.find(each => each.name === member.name)?.type,
      }))
      out.push(...flat(typed, known, { ...metric, timestamp, isHistorical }, depth + 1, unusable))
      for (const parameter of value.parameters)
        out.push({ name: `${known}/${parameter.name}`, type: parameter.type, value: parameter.value, timestamp })
    }
    return out
  }
  const templates = new Map<number | bigint, string>()

  return {
    forget() {
      aliases.clear()
      names.clear()
      owners.clear()
      definitions.clear()
      templates.clear()
    },
    birth(device, metrics, own, unusable) {
      const out: TagMetric[] = []
      for (const metric of flat(metrics, '', undefined, 0, unusable)) {
        const { name, alias, type } = metric
        if (name === undefined) {
          unusable(`alias ${alias} without a name in a birth`)
          continue
        }
        if (NODE_METRICS.test(name)) {
          if (alias !== undefined) aliases.set(alias, 'node')
          continue
        }
        if (metric.unsupported === true || type === undefined || valueTypeOf(type) === undefined) {
          if (alias !== undefined) aliases.set(alias, 'node')
          unusable(`${name} is of a type that is not stored`)
          continue
        }
        const tag = tagFor(device, name, own)
        names.set(keyOf(device, name), tag === undefined ? null : { tag, type })
        if (tag === undefined) {
          if (alias !== undefined) aliases.set(alias, 'node')
          unusable(`${name} can be no tag: of letters or a length that names do not have, or like another one`)
          continue
        }
        if (alias !== undefined) aliases.set(alias, { tag, type })
        out.push({ tag, metric })
      }
      return out
    },
    data(device, metrics, own, unusable) {
      const out: TagMetric[] = []
      let plain = metrics
      for (const { value } of metrics)
        if (typeof value === 'object' && value !== null) {
          plain = flat(metrics, '', undefined, 0, unusable)
          break
        }
      for (const metric of plain) {
        const { name, alias } = metric
        const known =
          alias !== undefined && aliases.has(alias)
            ? aliases.get(alias)
            : name === undefined
              ? undefined
              : NODE_METRICS.test(name)
                ? 'node'
                : byName(device, name, own)
        if (known === 'node') continue
        if (known === undefined || known === null || metric.unsupported === true) {
          if (name === undefined) unusable(`alias ${alias}`, 'unborn')
          else unusable(name)
          continue
        }
        const type = metric.type ?? known.type
        if (type !== undefined && valueTypeOf(type) === undefined) {
          unusable(`${name ?? known.tag} is of a type that is not stored`)
          continue
        }
        // Only integers share a field on the wire.
        const { value } = metric
        const typed = typeof value === 'number' && type !== undefined ? asType(type, value) : value
        out.push({ tag: known.tag, metric: typed === value ? metric : { ...metric, value: typed } })
      }
      return out
    },
  }
}
