/** The stations of an agent, plugged in: tags of the file towards readings and devices, alarms, memory on the disk. */
import { join } from 'node:path'
import { type Clock, type LocalText, type Problem, type Reading, tagOf } from '@millwright/contract'
import type { AgentConfig } from '../config/schema.ts'
import { fromRaw, toRaw } from '../domain/reading-rules.ts'
import type { Tag, TagTable } from '../pipeline/tag-table.ts'
import type { Camera } from '../sources/camera/camera.ts'
import type { Source, WriteAnswer } from '../sources/source.ts'
import { createStation, type RunningStation } from './station.ts'
import { createStationMemory } from './station-record.ts'

export interface StationsDeps {
  readonly config: AgentConfig
  readonly cameras: ReadonlyMap<string, Camera>
  readonly sources: ReadonlyMap<string, Source>
  readonly tags: TagTable
  readonly newest: (tag: string) => Reading | undefined
  readonly clock: Clock
  readonly alarm: (name: string, step: 'raise' | 'return', message: LocalText) => void
  readonly onProblem: (problem: Problem) => void
}

export interface Stations {
  onReading(reading: Reading, tag: Tag): void
  start(): void
  stop(): Promise<void>
}

export function createStations(deps: StationsDeps): Stations {
  const { config, cameras, newest, clock } = deps
  const stations: readonly RunningStation[] = (config.stations ?? []).flatMap(station => {
    const camera = cameras.get(station.camera)
    if (camera === undefined) return []
    return createStation({
      config: station,
      camera,
      memory: createStationMemory(join(config.data, 'stations'), station.camera),
      newest: name => newest(tagOf(config.agent, name)),
      read: names => readTags(deps, names),
      write: values => writeTags(deps, values),
      clock,
      onAlarm: (name, step, message) => deps.alarm(`${station.camera}.${name}`, step, message),
      onProblem: deps.onProblem,
    })
  })
  return {
    onReading(reading, { config: tag }) {
      if (tag !== undefined) for (const station of stations) station.onReading(tag.name, reading)
    },
    start() {
      for (const station of stations) station.start()
    },
    async stop() {
      await Promise.all(stations.map(station => station.stop()))
    },
  }
}

/** One question to each device that holds some of them. */
async function readTags(
  { tags, sources, config }: Pick<StationsDeps, 'tags' | 'sources' | 'config'>,
  names: readonly string[],
): Promise<Map<string, number | boolean | string>> {
  const found = new Map<string, number | boolean | string>()
  const known = names.flatMap(name => tags.byTag(tagOf(config.agent, name)) ?? [])
  const devices = Map.groupBy(known, tag => tag.definition.device)
  await Promise.all(
    [...devices].map(async ([device, mine]) => {
      const wanted = mine.flatMap(tag => tag.config?.name ?? [])
      for (const { name, value } of (await sources.get(device)?.read?.(wanted)) ?? []) {
        const tag = mine.find(each => each.config?.name === name)
        if (tag === undefined || value === null) continue
        found.set(name, typeof value === 'number' ? fromRaw(tag.rules, value) : value)
      }
    }),
  )
  return found
}

/** A result is the agent's own word to the PLC: the guard of setpoints has no say in it. */
async function writeTags(
  { tags, sources, config }: Pick<StationsDeps, 'tags' | 'sources' | 'config'>,
  values: readonly (readonly [name: string, value: number | boolean | string])[],
): Promise<Problem | undefined> {
  const wanted = values.flatMap(([name, value]) => {
    const tag = tags.byTag(tagOf(config.agent, name))
    return tag?.config === undefined ? [] : [{ tag, name: tag.config.name, value: asType(value, tag.rules.type) }]
  })
  const faults = await Promise.all(
    [...Map.groupBy(wanted, ({ tag }) => tag.definition.device)].map(async ([device, mine]) => {
      const source = sources.get(device)
      const entries = mine.map(
        ({ tag, name, value }) => [name, typeof value === 'number' ? toRaw(tag.rules, value) : value] as const,
      )
      const answers = await send(source, entries).catch((error: unknown): WriteAnswer[] =>
        entries.map(() => ({ kind: 'failed', detail: String(error) })),
      )
      return mine.map(({ tag, value }, index) => faultOf(tag, value, answers[index]))
    }),
  )
  return faults.flat().find(fault => fault !== undefined)
}

type Entry = readonly [name: string, value: number | boolean | string]

function send(source: Source | undefined, entries: readonly Entry[]): Promise<WriteAnswer[]> {
  if (source?.writeMany !== undefined) return source.writeMany(entries)
  return Promise.all(
    entries.map(([name, value]) => source?.write?.(name, value) ?? { kind: 'refused', detail: 'cannot be written' }),
  )
}

function faultOf(tag: Tag, wanted: Entry[1], answer: WriteAnswer | undefined): Problem | undefined {
  const place = tag.definition.tag
  switch (answer?.kind) {
    case undefined:
    case 'failed':
      return { code: 'MW-1001', place, values: { detail: answer?.detail ?? 'no answer' } }
    case 'refused':
      return { code: 'MW-1003', place, values: { detail: answer.detail } }
    case 'written': {
      const read = typeof answer.readBack === 'number' ? fromRaw(tag.rules, answer.readBack) : answer.readBack
      return asType(read, tag.rules.type) === wanted
        ? undefined
        : { code: 'MW-1004', place, values: { wrote: String(wanted), read: String(read) } }
    }
  }
}

/** A panel's name in a number's place is the number it spells. */
function asType(value: number | boolean | string, type: Tag['rules']['type']): number | boolean | string {
  switch (type) {
    case 'string':
      return String(value)
    case 'boolean':
      return Boolean(value)
    case 'int':
    case 'float': {
      const number = Math.round(Number(value))
      return Number.isFinite(number) ? number : 0
    }
  }
}
