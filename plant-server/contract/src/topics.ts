/** The only place where MQTT topics are written or read. Sparkplug B 3.0 section 4 for `spBv1.0/...`. */

export type SparkplugType = 'NBIRTH' | 'NDEATH' | 'DBIRTH' | 'DDEATH' | 'NDATA' | 'DDATA' | 'NCMD' | 'DCMD'

export interface SparkplugTopic {
  readonly group: string
  readonly type: SparkplugType
  readonly node: string
  readonly device?: string
}

const SPB = 'spBv1.0'
const OWN = 'millwright'
const TYPES: readonly string[] = ['NBIRTH', 'NDEATH', 'DBIRTH', 'DDEATH', 'NDATA', 'DDATA', 'NCMD', 'DCMD']

export const topics = {
  sparkplug: ({ group, type, node, device }: SparkplugTopic): string =>
    device === undefined ? `${SPB}/${group}/${type}/${node}` : `${SPB}/${group}/${type}/${node}/${device}`,
  state: (host: string): string => `${SPB}/STATE/${host}`,
  /** Agent to server: an `EventItem` as JSON. */
  event: (group: string, agent: string): string => `${OWN}/${group}/event/${agent}`,
  /** Server to agent: a `Confirmation` as JSON. */
  confirm: (group: string, agent: string): string => `${OWN}/${group}/confirm/${agent}`,
  /** Server to agent: a `Command` as JSON. */
  command: (group: string, agent: string): string => `${OWN}/${group}/command/${agent}`,
  /** What the server subscribes to. */
  serverSubscriptions: (group: string): string[] => [`${SPB}/${group}/#`, `${OWN}/${group}/event/+`],
  /** What an agent subscribes to: the state of its primary host where it has one; `own`: a plant server of ours is there. */
  agentSubscriptions: (group: string, agent: string, host: string | undefined, own = true): string[] => [
    `${SPB}/${group}/NCMD/${agent}`,
    `${SPB}/${group}/DCMD/${agent}/#`,
    ...(host === undefined ? [] : [`${SPB}/STATE/${host}`]),
    ...(own ? [`${OWN}/${group}/confirm/${agent}`, `${OWN}/${group}/command/${agent}`] : []),
  ],
}

export function parseSparkplugTopic(topic: string): SparkplugTopic | undefined {
  const [head, group, type, node, device, ...rest] = topic.split('/')
  if (head !== SPB || rest.length > 0 || !group || !node || type === undefined || !TYPES.includes(type))
    return undefined
  // tck-id-topic-structure-namespace-device-id-associated-message-types, -non-associated-message-types.
  if (type.startsWith('D') ? !device : device !== undefined) return undefined
  const parsed = { group, type: type as SparkplugType, node }
  return device === undefined ? parsed : { ...parsed, device }
}

export function parseOwnTopic(
  topic: string,
): { kind: 'event' | 'confirm' | 'command'; group: string; agent: string } | undefined {
  const [head, group, kind, agent, ...rest] = topic.split('/')
  if (head !== OWN || rest.length > 0 || group === undefined || agent === undefined || agent === '') return undefined
  return kind === 'event' || kind === 'confirm' || kind === 'command' ? { kind, group, agent } : undefined
}

/** What an agent's own credentials may publish; everything else is refused by the broker. */
export function agentMayPublish(group: string, agent: string, topic: string): boolean {
  const own = parseOwnTopic(topic)
  if (own !== undefined) return own.kind === 'event' && own.group === group && own.agent === agent
  const spb = parseSparkplugTopic(topic)
  return spb !== undefined && spb.group === group && spb.node === agent && !spb.type.endsWith('CMD')
}

/** What an agent's own credentials may subscribe to. */
export const agentMaySubscribe = (group: string, agent: string, filter: string): boolean =>
  filter === `${SPB}/${group}/NCMD/${agent}` ||
  filter.startsWith(`${SPB}/${group}/DCMD/${agent}/`) ||
  /^spBv1\.0\/STATE\/[^#+]+$/.test(filter) ||
  filter === topics.confirm(group, agent) ||
  filter === topics.command(group, agent)
