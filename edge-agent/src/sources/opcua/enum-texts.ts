/** Texts of enumerations: from the variable (MultiState types) or from its data type (OPC 10000-3, 8.14; OPC 10000-8, 5.3.3). */
import { AttributeIds, type ClientSession, makeBrowsePath, type NodeId } from 'node-opcua'
import type { ServerLimits } from './limits.ts'

type Texts = ReadonlyMap<number, string>

interface EnumField {
  readonly name?: string | null
  readonly displayName?: { readonly text?: string | null }
  readonly value: number | readonly number[]
}

const PROPERTIES = ['EnumStrings', 'EnumValues'] as const

/** For each node its texts, or undefined where it is no enumeration. */
export async function readEnumTexts(
  session: ClientSession,
  nodes: readonly string[],
  { pathsPerTranslate, nodesPerRead }: Pick<ServerLimits, 'pathsPerTranslate' | 'nodesPerRead'>,
): Promise<(Texts | undefined)[]> {
  const size = Math.max(1, Math.min(Math.floor(pathsPerTranslate / PROPERTIES.length), nodesPerRead))
  const found: (Texts | undefined)[] = []
  const ofType = new Map<string, Texts | undefined>()
  for (let at = 0; at < nodes.length; at += size) {
    const some = nodes.slice(at, at + size)
    const own = await textsBelow(session, some)
    const types = await session.read(some.map(nodeId => ({ nodeId, attributeId: AttributeIds.DataType })))
    for (const [index] of some.entries()) {
      const type = types[index]?.value?.value as NodeId | undefined
      found.push(
        own[index] ?? (type && !isPlain(type) ? await textsOfType(session, type.toString(), ofType) : undefined),
      )
    }
  }
  return found
}

/** Built-in types are no enumerations. */
const isPlain = ({ namespace, value }: NodeId): boolean =>
  namespace === 0 && typeof value === 'number' && value <= 29 && value !== 29

async function textsOfType(
  session: ClientSession,
  type: string,
  known: Map<string, Texts | undefined>,
): Promise<Texts | undefined> {
  if (!known.has(type)) known.set(type, (await textsBelow(session, [type]))[0] ?? (await textsDefined(session, type)))
  return known.get(type)
}

/** EnumDefinition of the type (OPC 10000-3, 8.50), which newer servers give instead of the property. */
async function textsDefined(session: ClientSession, type: string): Promise<Texts | undefined> {
  const { value } = await session.read({ nodeId: type, attributeId: AttributeIds.DataTypeDefinition })
  // The library does not export the class of an EnumDefinition.
  const definition = value?.value as { fields?: EnumField[] | null; constructor: { name: string } } | null | undefined
  if (definition?.constructor.name !== 'EnumDefinition') return undefined
  return new Map(
    (definition.fields ?? []).map(({ value: number, name, displayName }) => [
      Number(Array.isArray(number) ? number[1] : number),
      displayName?.text ?? name ?? '',
    ]),
  )
}

async function textsBelow(session: ClientSession, nodes: readonly string[]): Promise<(Texts | undefined)[]> {
  const paths = nodes.flatMap(node => PROPERTIES.map(name => makeBrowsePath(node, `.${name}`)))
  const targets = await session.translateBrowsePath(paths)
  const ids = targets.map(({ targets: list }) => list?.[0]?.targetId)
  const asked = ids.filter(id => id !== undefined)
  const values =
    asked.length === 0 ? [] : await session.read(asked.map(nodeId => ({ nodeId, attributeId: AttributeIds.Value })))
  const texts = ids.map(id => (id === undefined ? undefined : textsOf(values.shift()?.value?.value)))
  return nodes.map((_, index) => texts[2 * index] ?? texts[2 * index + 1])
}

function textsOf(value: unknown): Texts | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  return new Map(
    value.map((entry: { text?: string; value?: number | number[]; displayName?: { text?: string } }, index) => {
      // EnumValues are structures with a 64-bit number; EnumStrings are texts by place.
      const number = Array.isArray(entry.value) ? (entry.value[1] ?? index) : (entry.value ?? index)
      return [Number(number), entry.displayName?.text ?? entry.text ?? String(number)] as const
    }),
  )
}
