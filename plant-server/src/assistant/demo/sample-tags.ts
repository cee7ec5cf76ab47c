/** Tags of the sample plant from the text of an agent's configuration: name, unit, descriptions, range, limits. */
import {
  type Problem,
  ProblemError,
  parser,
  type TagDefinition,
  TagDefinition as TagSchema,
} from '@millwright/contract'
import { Type } from 'typebox'
import { parse } from 'yaml'

/** The part of an agent's file that is read here. */
const AgentTags = parser(
  Type.Object({
    agent: Type.String(),
    sources: Type.Array(Type.Object({ id: Type.String(), kind: Type.String() })),
    tags: Type.Array(
      Type.Object({
        name: Type.String(),
        source: Type.String(),
        type: TagSchema.properties.type,
        unit: Type.Optional(Type.String()),
        description: TagSchema.properties.description,
        range: TagSchema.properties.range,
        limits: TagSchema.properties.limits,
        writable: TagSchema.properties.writable,
        equipment: TagSchema.properties.equipment,
      }),
    ),
  }),
)

/** Refuses by throwing the first fault. */
export function sampleTags(text: string, place: string): TagDefinition[] {
  const parsed = AgentTags.parse(parse(text), place)
  if (!parsed.ok) throw new ProblemError((parsed.fault[0] satisfies Problem | undefined) ?? { code: 'MW-0101', place })
  const { agent, sources, tags } = parsed.value
  return tags.map(({ name, source, unit, ...rest }) => ({
    ...(rest as Omit<TagDefinition, 'tag' | 'agent' | 'device' | 'source' | 'unit'>),
    tag: `${agent}/${name}`,
    agent,
    device: source,
    source: sources.find(({ id }) => id === source)?.kind === 'modbus' ? 'modbus' : 'opcua',
    unit: unit ?? '',
  }))
}
