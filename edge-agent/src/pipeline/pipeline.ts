/** Samples in, readings out: rules, then everyone who listens, then the outbox. A listener that throws loses nothing. */
import type { Clock, Reading } from '@millwright/contract'
import { applyRules, checkStale, markGap, type Ruled } from '../domain/reading-rules.ts'
import type { Sample } from '../sources/source.ts'
import type { Batcher } from './batcher.ts'
import type { Tag, TagTable } from './tag-table.ts'

export interface PipelineDeps {
  readonly tags: TagTable
  readonly batcher: Batcher
  readonly clock: Clock
  readonly onFault: (step: string, error: unknown) => void
  /** The device dropped values of a tag: marked as a gap of its own. */
  readonly onHole?: (device: string, tag: string) => void
}

export interface Pipeline {
  samples(device: string, samples: readonly Sample[]): void
  /** Marks every tag of the devices as without data at that time; gives the number of marks. */
  markGap(devices: readonly string[], at: number): number
  newest(tag: string): Reading | undefined
  /** Called with each reading that leaves the rules. */
  onReading(step: string, listener: (reading: Reading, tag: Tag) => void): void
  stop(): void
}

const STALE_CHECK_MS = 500

export function createPipeline({ tags, batcher, clock, onFault, onHole = () => {} }: PipelineDeps): Pipeline {
  const listeners: { step: string; listener: (reading: Reading, tag: Tag) => void }[] = []

  const take = (tag: Tag, { state, reading }: Ruled): boolean => {
    tag.state = state
    if (reading === undefined) return false
    batcher.add(tag.definition.device, reading)
    for (const { step, listener } of listeners) {
      try {
        listener(reading, tag)
      } catch (error) {
        onFault(step, error)
      }
    }
    return true
  }

  const timed = tags.all.filter(tag => tag.rules.staleSeconds !== undefined)
  const stop = clock.every(STALE_CHECK_MS, () => {
    for (const tag of timed) take(tag, checkStale(tag.rules, tag.state, clock.now()))
  })

  return {
    samples(device, samples) {
      const receivedAt = clock.now()
      for (const { name, value, quality, t, kept = false, lost } of samples) {
        const tag = tags.byName(device, name)
        if (tag === undefined) continue
        // The hole begins right after what came last.
        const hole = lost === true && tag.state.last !== undefined
        if (hole && take(tag, markGap(tag.rules, tag.state, 0))) onHole(device, tag.definition.tag)
        take(tag, applyRules(tag.rules, tag.state, { value, quality, t, receivedAt, kept }))
      }
    },
    markGap: (devices, at) =>
      devices.flatMap(device => tags.ofDevice(device)).filter(tag => take(tag, markGap(tag.rules, tag.state, at)))
        .length,
    newest: tag => tags.byTag(tag)?.state.last,
    onReading: (step, listener) => void listeners.push({ step, listener }),
    stop,
  }
}
