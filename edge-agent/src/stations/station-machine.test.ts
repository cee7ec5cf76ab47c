import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer } from './answer.ts'
import {
  type Handshake,
  type Open,
  type Phase,
  resume,
  type Station,
  type StationEffect,
  type StationInput,
  stationStep,
} from './station-machine.ts'

const HANDSHAKE: Handshake = { valid: true, ack: true }
const answer = (verdict = 1): Answer => ({ verdict, class: 0, score: 0, panel: 'P', sequence: 1 })
const fresh = resume({ stage: 'none' }, 0).next
const at = (now: Phase, more: Partial<Station> = {}): Station => ({ ...fresh, now, job: 3, ...more })
const trigger = (value: boolean, another = false): StationInput => ({ kind: 'trigger', value, at: 7, another })

describe('a station', () => {
  it.each<[string, Station, StationInput, string, string[]]>([
    ['idle, trigger rises', fresh, trigger(true), 'judging', ['judge']],
    ['idle, trigger still high', at({ phase: 'idle' }, { trigger: true }), trigger(true), 'idle', []],
    [
      'idle, trigger high with another number',
      at({ phase: 'idle' }, { trigger: true }),
      trigger(true, true),
      'judging',
      ['judge'],
    ],
    ['idle, trigger falls', at({ phase: 'idle' }, { trigger: true }), trigger(false), 'idle', ['at_rest']],
    ['judging, trigger falls', at({ phase: 'judging' }, { trigger: true }), trigger(false), 'judging', []],
    [
      'judging, judged',
      at({ phase: 'judging' }),
      { kind: 'judged', job: 3, answer: answer() },
      'answering',
      ['answer'],
    ],
    [
      'judging, an old part judged',
      at({ phase: 'judging' }),
      { kind: 'judged', job: 2, answer: answer() },
      'judging',
      [],
    ],
    ['answered, judged late', at({ phase: 'valid' }), { kind: 'judged', job: 3, answer: answer() }, 'valid', []],
    [
      'answering, written',
      at({ phase: 'answering', answer: answer() }),
      { kind: 'written', job: 3 },
      'valid',
      ['await_ack'],
    ],
    [
      'answering, written, the PLC was quicker',
      at({ phase: 'answering', answer: answer() }, { ack: true }),
      { kind: 'written', job: 3 },
      'clearing',
      ['clear'],
    ],
    [
      'answering, not written',
      at({ phase: 'answering', answer: answer() }),
      { kind: 'write_failed', job: 3 },
      'answering',
      ['write_again'],
    ],
    ['valid, acknowledged', at({ phase: 'valid' }), { kind: 'ack', value: true }, 'clearing', ['clear']],
    [
      'valid, never acknowledged',
      at({ phase: 'valid' }),
      { kind: 'ack_late', job: 3 },
      'clearing',
      ['not_taken', 'clear'],
    ],
    [
      'clearing, written, ack low',
      at({ phase: 'clearing', written: false }),
      { kind: 'written', job: 3 },
      'idle',
      ['at_rest'],
    ],
    [
      'clearing, written, ack high',
      at({ phase: 'clearing', written: false }, { ack: true }),
      { kind: 'written', job: 3 },
      'clearing',
      ['await_ack'],
    ],
    [
      'clearing, ack falls',
      at({ phase: 'clearing', written: true }, { ack: true }),
      { kind: 'ack', value: false },
      'idle',
      ['at_rest'],
    ],
    [
      'clearing, ack never falls',
      at({ phase: 'clearing', written: true }, { ack: true }),
      { kind: 'ack_late', job: 3 },
      'idle',
      ['at_rest'],
    ],
    [
      'clearing, the next part waits',
      at({ phase: 'clearing', written: false }, { waiting: { at: 5 } }),
      { kind: 'written', job: 3 },
      'judging',
      ['judge'],
    ],
  ])('%s', (_name, station, input, phase, effects) => {
    const { next, effects: done } = stationStep(station, input, HANDSHAKE)
    expect(next.now.phase).toBe(phase)
    expect(done.map(({ kind }) => kind)).toEqual(effects)
  })
  it('a rise while a part is in hand waits; a second one is lost, and said', () => {
    const high = at({ phase: 'judging' }, { trigger: false })
    const first = stationStep(high, trigger(true), HANDSHAKE)
    expect(first.effects).toEqual([])
    const low = stationStep(first.next, trigger(false), HANDSHAKE).next
    expect(stationStep(low, trigger(true), HANDSHAKE).effects).toEqual([{ kind: 'lost' }])
  })
  it('without an ack the PLC takes the result by letting the trigger fall', () => {
    const noAck = { valid: true, ack: false }
    const taken = stationStep(at({ phase: 'valid' }, { trigger: true }), trigger(false), noAck)
    expect(taken.effects.map(({ kind }) => kind)).toEqual(['clear'])
  })
  it('without a handshake a written answer is the end of it', () => {
    const bare = { valid: false, ack: false }
    const done = stationStep(at({ phase: 'answering', answer: answer() }), { kind: 'written', job: 3 }, bare)
    expect(done.next.now.phase).toBe('idle')
  })
})

/** The PLC's side, as a line PLC works: trigger, wait for valid, take the result, ack, wait for valid to fall. */
interface Plc {
  step: 'free' | 'waiting' | 'taking'
  trigger: boolean
  ack: boolean
  part: number
  /** Parts of which a result was taken, in order. */
  readonly taken: number[]
}

/**
 * Everything that may happen, in any order: the PLC goes on, the agent sees levels late, writes are slow or fail, the agent
 * is killed and resumes from what it had remembered.
 */
function play(moves: readonly number[], dropsTrigger: boolean) {
  const plc: Plc = { step: 'free', trigger: false, ack: false, part: 0, taken: [] }
  const wire = { busy: false, valid: false, verdict: 0 }
  let open: Open = { stage: 'none' }
  let station: Station = resume(open, 0).next
  let todo: StationEffect[] = []
  let known = 0
  const take = (input: StationInput) => {
    const { next, effects } = stationStep(station, input, HANDSHAKE)
    station = next
    todo.push(...effects)
  }
  const perform = (effect: StationEffect) => {
    switch (effect.kind) {
      case 'judge':
        open = { stage: 'judging' }
        known = plc.part
        wire.busy = true
        // Named by the number of the part that stands in the station.
        take({ kind: 'judged', job: effect.job, answer: answer(plc.part) })
        break
      case 'answer':
        open = { stage: 'answering', answer: effect.answer }
        wire.verdict = effect.answer.verdict
        wire.valid = true
        wire.busy = false
        take({ kind: 'written', job: effect.job })
        break
      case 'clear':
        open = { stage: 'taken' }
        wire.valid = false
        take({ kind: 'written', job: effect.job })
        break
      case 'at_rest':
        open = { stage: 'none' }
        break
      case 'write_again':
        if (station.now.phase === 'answering') perform({ kind: 'answer', job: station.job, answer: station.now.answer })
        else if (station.now.phase === 'clearing') perform({ kind: 'clear', job: station.job, taken: true })
        break
      case 'await_ack':
      case 'not_taken':
      case 'lost':
        break
    }
  }
  const plcStep = () => {
    switch (plc.step) {
      case 'free':
        if (wire.valid || wire.busy) return
        plc.part += 1
        plc.trigger = true
        plc.step = 'waiting'
        return
      case 'waiting':
        if (dropsTrigger && wire.busy) plc.trigger = false
        if (!wire.valid) return
        plc.taken.push(wire.verdict)
        plc.ack = true
        plc.trigger = false
        plc.step = 'taking'
        return
      case 'taking':
        if (wire.valid) return
        plc.ack = false
        plc.step = 'free'
    }
  }
  const look = () => {
    take({ kind: 'ack', value: plc.ack })
    // The number of the part whose answer was last remembered is known over a kill.
    take({ kind: 'trigger', value: plc.trigger, at: 0, another: plc.part !== known })
  }
  const doOne = (fails: boolean) => {
    const effect = todo.shift()
    if (effect === undefined) return
    if (fails && (effect.kind === 'answer' || effect.kind === 'clear')) {
      // Remembered, but not written.
      open = effect.kind === 'answer' ? { stage: 'answering', answer: effect.answer } : { stage: 'taken' }
      take({ kind: 'write_failed', job: effect.job })
    } else perform(effect)
  }
  for (const move of moves) {
    if (move < 40) plcStep()
    else if (move < 70) look()
    else if (move < 90) doOne(false)
    else if (move < 96) doOne(true)
    else {
      // Killed: only what was remembered and what stands in the PLC is left.
      todo = []
      const resumed = resume(open, 0)
      station = resumed.next
      todo.push(...resumed.effects)
    }
  }
  for (let round = 0; round < 40; round += 1) {
    look()
    for (let index = 0; index < 20; index += 1) doOne(false)
    plcStep()
  }
  return plc
}

describe('with a PLC', () => {
  it.each([
    ['that holds its trigger until the result', false],
    ['that lets its trigger fall when the station is busy', true],
  ])('%s: every part is answered once, by its own verdict, whatever happens between', (_name, drops) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 400 }), moves => {
        const { taken, part } = play(moves, drops)
        expect(taken).toEqual(Array.from({ length: taken.length }, (_, index) => index + 1))
        // The line runs on.
        expect(part).toBeGreaterThan(4)
        expect(part - taken.length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 500 },
    )
  })
})
