/** A station at work: carries out what its machine decides, and tells it what happened. */
import { type Clock, describe, type LocalText, type Problem, ProblemError, type Reading } from '@millwright/contract'
import type { StationConfig } from '../config/station.ts'
import type { Camera } from '../sources/camera/camera.ts'
import { type Answer, answerOf, noAnswer, type Part } from './answer.ts'
import {
  type Rise,
  resume,
  type Station,
  type StationEffect,
  type StationInput,
  stationStep,
} from './station-machine.ts'
import type { StationMemory, StationRecord } from './station-record.ts'

export type StationAlarm = 'no_verdict' | 'not_taken' | 'not_written' | 'lost'

export interface StationDeps {
  readonly config: StationConfig
  readonly camera: Pick<Camera, 'capture'>
  readonly memory: StationMemory
  /** The newest reading of a tag, by its name in the agent's file. */
  readonly newest: (tag: string) => Reading | undefined
  /** Reads tags of the file now; what cannot be read is not among them. Never rejects. */
  readonly read: (tags: readonly string[]) => Promise<ReadonlyMap<string, number | boolean | string>>
  /** Writes tags and reads them back; why one does not stand in the PLC, where one does not. Never rejects. */
  readonly write: (
    values: readonly (readonly [tag: string, value: number | boolean | string])[],
  ) => Promise<Problem | undefined>
  readonly clock: Clock
  readonly onAlarm: (alarm: StationAlarm, step: 'raise' | 'return', message: LocalText) => void
  readonly onProblem: (problem: Problem) => void
}

export interface RunningStation {
  /** Every reading of the agent, by its name in the agent's file. */
  onReading(name: string, reading: Reading): void
  start(): void
  stop(): Promise<void>
}

/** The answer waits so long for its record to be on the disk. */
const RECORD_MS = 1000
/** A result that could not be written is written again so soon. */
const AGAIN_MS = 200

export function createStation(deps: StationDeps): RunningStation {
  const { config, camera, memory, newest, read, write, clock } = deps
  const { trigger, panel, sequence, handshake: hands, result } = config
  const { delayMs = 0, captureMs = 2000, timeoutMs = 3000, ackMs = 5000 } = config
  const handshake = { valid: hands !== undefined, ack: hands?.ack !== undefined }
  const stopping = new AbortController()
  const underWay = new Set<Promise<unknown>>()
  const standing = new Set<StationAlarm>()
  let record: StationRecord = memory.read()
  let station: Station = resume({ stage: 'none' }, 0).next
  let stopTimer: AbortController | undefined
  let durable: Promise<unknown> = Promise.resolve()
  let remembering: Promise<unknown> = Promise.resolve()

  const track = (work: Promise<unknown>) => {
    underWay.add(work)
    void work.finally(() => underWay.delete(work))
  }
  const alarm = (name: StationAlarm, step: 'raise' | 'return', problem: Problem) => {
    if (step === 'return' && !standing.has(name)) return
    if (step === 'raise') {
      standing.add(name)
      deps.onProblem({ ...problem, place: config.camera })
    } else standing.delete(name)
    deps.onAlarm(name, step, describe(problem))
  }
  const remember = async (part: Partial<StationRecord>) => {
    record = { ...record, ...part }
    await memory.write(record).catch((error: unknown) => {
      deps.onProblem({ code: 'MW-1010', place: config.camera, values: { detail: String(error) } })
    })
  }

  const take = (input: StationInput) => {
    if (stopping.signal.aborted) return
    const { next, effects } = stationStep(station, input, handshake)
    station = next
    for (const effect of effects) perform(effect)
  }

  const perform = (effect: StationEffect) => {
    switch (effect.kind) {
      case 'judge':
        return track(judge(effect.job, effect.rise))
      case 'answer':
        return track(answer(effect.job, effect.answer))
      case 'clear':
        if (effect.taken) alarm('not_taken', 'return', { code: 'MW-1048', values: { ms: ackMs } })
        return track(clear(effect.job))
      case 'write_again':
        return track(clock.sleep(AGAIN_MS, stopping.signal).then(() => again(effect.job)))
      case 'await_ack':
        return track(ackLate(effect.job))
      case 'at_rest':
        alarm('lost', 'return', { code: 'MW-1049' })
        return track(remember({ open: { stage: 'none' } }))
      case 'not_taken':
        return alarm('not_taken', 'raise', { code: 'MW-1048', values: { ms: ackMs } })
      case 'lost':
        return alarm('lost', 'raise', { code: 'MW-1049' })
    }
  }

  const again = (job: number) => {
    if (job !== station.job || stopping.signal.aborted) return
    if (station.now.phase === 'answering') track(answer(job, station.now.answer))
    else if (station.now.phase === 'clearing') track(clear(job))
  }

  const written = (job: number, fault: Problem | undefined) => {
    if (fault !== undefined) {
      // Said once, not at each try.
      if (!standing.has('not_written')) alarm('not_written', 'raise', fault)
      return take({ kind: 'write_failed', job })
    }
    alarm('not_written', 'return', { code: 'MW-1003', values: { detail: '' } })
    return take({ kind: 'written', job })
  }

  const judge = async (job: number, rise: Rise) => {
    const resumed = record.open.stage === 'judging'
    // After a stop: its picture may have come in the meantime, or lie in the queue.
    const risen = resumed ? record.at : rise.at
    const began = rise.at
    // Read after the trigger was seen: what a poll brought may be from just before it.
    const now = await read([panel, sequence].filter(tag => tag !== undefined))
    const number = now.get(sequence ?? '') ?? (resumed ? record.sequence : newest(sequence ?? '')?.value)
    const part: Part = {
      panel: String(now.get(panel ?? '') ?? (resumed ? record.panel : '')),
      sequence: typeof number === 'number' ? Math.round(number) : record.answered + 1,
    }
    // Before the PLC sees "busy" and lets the trigger fall: after a stop nothing else tells that a part waits.
    const busy = remember({ open: { stage: 'judging' }, sequence: part.sequence, panel: part.panel, at: risen }).then(
      () => (hands?.busy === undefined ? undefined : write([[hands.busy, true]])),
    )
    const judged = (answer: Answer, problem: Problem | undefined) => {
      if (stopping.signal.aborted) return
      if (station.job === job && station.now.phase === 'judging') {
        if (problem) alarm('no_verdict', 'raise', problem)
        else alarm('no_verdict', 'return', { code: 'MW-1047', values: { ms: timeoutMs } })
      }
      take({ kind: 'judged', job, answer })
    }
    const late = clock
      .sleep(timeoutMs - (clock.now() - began), stopping.signal)
      .then(() => judged(noAnswer(part, config), { code: 'MW-1047', values: { ms: timeoutMs } }))
    track(late)
    try {
      await clock.sleep(delayMs, stopping.signal)
      const since = risen + delayMs
      const enough = new AbortController()
      void clock.sleep(delayMs + captureMs - (clock.now() - began), stopping.signal).then(() => enough.abort())
      const capturing = camera.capture({
        since,
        signal: enough.signal,
        ...(part.panel === '' ? {} : { panel: part.panel }),
        ...(config.matchPanel === undefined ? {} : { matchPanel: config.matchPanel }),
        async onLine(line) {
          await busy
          judged(answerOf(line, part, config), undefined)
          await remembering
        },
      })
      durable = capturing.then(captured => captured?.durable)
      durable.catch(() => {})
      if ((await capturing) === undefined) {
        await busy
        judged(noAnswer(part, config), { code: 'MW-1046', values: { ms: captureMs } })
      }
    } catch (error) {
      const problem: Problem =
        error instanceof ProblemError ? error.problem : { code: 'MW-1026', values: { detail: String(error) } }
      await busy
      judged(noAnswer(part, config), problem)
    }
  }

  /** The result first, then that it is valid, then that the station is free: as a PLC reads them. */
  const answer = async (job: number, given: Answer) => {
    if (record.open.stage !== 'answering')
      remembering = remember({ open: { stage: 'answering', answer: given }, answered: record.answered + 1 })
    await remembering
    // The PLC is told what is on record; but a full disk stops no line.
    await Promise.race([durable, clock.sleep(RECORD_MS, stopping.signal)]).catch(() => {})
    const parts = Object.entries(result).flatMap(([key, tag]) =>
      tag === undefined ? [] : [[tag, given[key as keyof Answer]] as const],
    )
    const fault = (await write(parts)) ?? (hands === undefined ? undefined : await write([[hands.valid, true]]))
    written(job, fault)
    if (hands?.busy !== undefined && fault === undefined) await write([[hands.busy, false]])
  }

  const clear = async (job: number) => {
    stopTimer?.abort()
    if (record.open.stage !== 'taken') await remember({ open: { stage: 'taken' } })
    written(job, hands === undefined ? undefined : await write([[hands.valid, false]]))
  }

  const ackLate = async (job: number) => {
    stopTimer?.abort()
    const timer = new AbortController()
    stopTimer = timer
    await clock.sleep(ackMs, AbortSignal.any([timer.signal, stopping.signal]))
    if (!timer.signal.aborted) take({ kind: 'ack_late', job })
  }

  /** At rest, and the trigger stands: by the PLC's number it may be a new part whose rise nobody saw. */
  const lookForAnother = async () => {
    const atRest = () => station.now.phase === 'idle' && station.trigger
    if (sequence === undefined || !atRest() || newest(sequence)?.value === record.sequence) return
    const now = await read([trigger, sequence])
    if (atRest() && now.get(trigger) === true && now.has(sequence) && now.get(sequence) !== record.sequence)
      take({ kind: 'trigger', value: true, at: clock.now(), another: true })
  }

  return {
    onReading(name, { value, quality }) {
      // A level that is not known changes nothing.
      if (typeof value !== 'boolean' || quality === 'bad') return
      const at = clock.now()
      if (name === trigger) {
        take({ kind: 'trigger', value, at })
        if (value) track(lookForAnother())
      } else if (name === hands?.ack) take({ kind: 'ack', value })
    },
    start() {
      const { next, effects } = resume(record.open, clock.now())
      station = next
      for (const effect of effects) perform(effect)
    },
    async stop() {
      stopping.abort()
      await Promise.race([Promise.allSettled([...underWay]), clock.sleep(1000)])
    },
  }
}
