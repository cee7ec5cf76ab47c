/**
 * The PLC of a station, as a line PLC works: sets part number, panel and trigger, waits for "valid", takes the result,
 * acknowledges, waits for "valid" to fall, goes on. It notes each result, so that missed and doubled ones are counted.
 */

export const SIGNALS = [
  'trigger',
  'busy',
  'valid',
  'ack',
  'part',
  'panel',
  'verdict',
  'class',
  'number',
  'resultPanel',
] as const
export type Signal = (typeof SIGNALS)[number]
export type Value = number | boolean | string

/** The PLC's memory, as a protocol shows it. */
export interface Memory {
  set(signal: Signal, value: Value): void
  get(signal: Signal): Value
  /** Called when a client has written. */
  onWritten(listener: (signal: Signal) => void): void
}

export interface Result {
  readonly part: number
  readonly verdict: number
  readonly class: number
  readonly number: number
  readonly panel: string
  /** From the trigger until the result was valid, ms. */
  readonly ms: number
}

export interface Plc {
  /** Triggers of which no result has come yet included. */
  parts(): number
  readonly results: readonly Result[]
  /** Runs so many parts more, one after the other; rejects where one is not answered in time. */
  run(parts: number): Promise<void>
}

export interface PlcOptions {
  /** The camera's trigger, by wire. */
  readonly onTrigger?: (part: number, panel: string) => void
  /** Lets the trigger fall as soon as the station is busy. */
  readonly dropsTrigger?: boolean
  readonly answerMs?: number
  /** Number of the last part before; 0: a new line. */
  readonly after?: number
}

export const panelOf = (part: number) => `P${String(part).padStart(5, '0')}`

export function createPlc(
  memory: Memory,
  { onTrigger, dropsTrigger, answerMs = 20_000, after = 0 }: PlcOptions = {},
): Plc {
  const results: Result[] = []
  let part = after
  let step: 'free' | 'waiting' | 'taking' = 'free'
  let triggeredAt = 0
  let wasValid = false
  let free: () => void = () => {}

  memory.onWritten(signal => {
    if (signal === 'busy' && dropsTrigger === true && memory.get('busy') === true) memory.set('trigger', false)
    if (signal !== 'valid') return
    const valid = memory.get('valid') === true
    const rises = valid && !wasValid
    wasValid = valid
    if (rises) {
      results.push({
        part,
        verdict: Number(memory.get('verdict')),
        class: Number(memory.get('class')),
        number: Number(memory.get('number')),
        panel: String(memory.get('resultPanel')),
        ms: performance.now() - triggeredAt,
      })
      if (step !== 'waiting') return
      step = 'taking'
      memory.set('trigger', false)
      memory.set('ack', true)
    } else if (!valid && step === 'taking') {
      step = 'free'
      memory.set('ack', false)
      free()
    }
  })

  const one = () =>
    new Promise<void>((resolve, reject) => {
      part += 1
      const own = part
      const timer = setTimeout(() => reject(new Error(`part ${own} was not answered within ${answerMs} ms`)), answerMs)
      free = () => {
        clearTimeout(timer)
        resolve()
      }
      step = 'waiting'
      memory.set('part', part)
      memory.set('panel', panelOf(part))
      memory.set('trigger', true)
      triggeredAt = performance.now()
      onTrigger?.(part, panelOf(part))
    })

  return {
    parts: () => part - after,
    results,
    async run(parts) {
      for (let index = 0; index < parts; index += 1) await one()
    },
  }
}

/** Parts without a result, and results beyond the first of a part. */
export function countResults({ results, parts }: Plc) {
  const answered = new Set(results.map(({ part }) => part))
  return { missed: parts() - answered.size, doubled: results.length - answered.size }
}
