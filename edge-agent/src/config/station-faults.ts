/** What a station's entry says that cannot be meant. */
import type { Problem } from '@millwright/contract'
import type { SourceConfig, TagConfig } from './schema.ts'
import { type StationConfig, stationTags } from './station.ts'

/** What of the agent's file a station leans on. */
interface StationFile {
  readonly sources: readonly SourceConfig[]
  readonly tags?: readonly TagConfig[]
  readonly stations?: readonly StationConfig[]
}

/** Faults of a station. `place` names a key of it. */
export function stationFaults(
  station: StationConfig,
  { sources, tags = [], stations = [] }: StationFile,
  place: (key: (string | number)[]) => string,
): Problem[] {
  const odd = (key: string, detail: string, wanted: string): Problem => ({
    code: 'MW-1108',
    place: place(key.split('.')),
    values: { detail, wanted },
  })
  const cameras = sources.filter(({ kind }) => kind === 'camera').map(({ id }) => id)
  const { read, written } = stationTags(station)
  const kindOf = (name: string) => sources.find(({ id }) => id === tags.find(tag => tag.name === name)?.source)?.kind
  const faults = [...read, ...written].flatMap(({ key, tag }) => {
    const found = tags.find(({ name }) => name === tag)
    if (found === undefined) return [odd(key, `there is no tag "${tag}"`, 'the name of a tag in this file')]
    const isFlag = key === 'trigger' || key.startsWith('handshake.')
    if (isFlag && found.type !== 'boolean') return [odd(key, `"${tag}" is ${found.type}`, 'a tag of type boolean')]
    const isNumber = ['sequence', 'result.verdict', 'result.class', 'result.score', 'result.sequence'].includes(key)
    if (isNumber && found.type !== 'int' && found.type !== 'float')
      return [odd(key, `"${tag}" is ${found.type}`, 'a tag of type int')]
    return []
  })
  const readOnly = written.flatMap(({ key, tag }) => {
    const found = tags.find(({ name }) => name === tag)
    return kindOf(tag) === 'modbus' && /^\s*(input|discrete):/.test(found?.address ?? '')
      ? [odd(key, `"${tag}" cannot be written`, 'a coil or a holding register')]
      : []
  })
  const names = [...read, ...written].map(({ tag }) => tag)
  const double = names.find((name, index) => names.indexOf(name) < index)
  const own = stations.filter(({ camera }) => camera === station.camera).length > 1
  const { captureMs = 2000, timeoutMs = 3000, delayMs = 0 } = station
  return [
    ...(cameras.includes(station.camera)
      ? []
      : [odd('camera', `there is no camera "${station.camera}"`, cameras.join(', ') || 'a source of kind camera')]),
    ...faults,
    ...readOnly,
    ...(double === undefined ? [] : [odd('result', `"${double}" is named twice`, 'a tag of its own for each')]),
    ...(own ? [odd('camera', `two stations use the camera "${station.camera}"`, 'a camera of its own for each')] : []),
    ...(station.matchPanel === true && station.panel === undefined
      ? [odd('matchPanel', 'it needs to know the panel', 'panel: the tag with the name of the part')]
      : []),
    ...(timeoutMs < delayMs + captureMs
      ? [odd('timeoutMs', 'it is shorter than delayMs and captureMs together', String(delayMs + captureMs + 1000))]
      : []),
  ]
}
