import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrive, expire, newWindow, restart } from './reorder.ts'

const TIMEOUT = 2000
const rig = (timeout = TIMEOUT) => {
  const window = newWindow<string>()
  restart(window, 0)
  const out: string[] = []
  let gaps = 0
  const take = ({ ready, gap }: { ready: readonly string[]; gap: boolean }) => {
    out.push(...ready)
    if (gap) gaps += 1
  }
  return {
    window,
    out,
    gaps: () => gaps,
    say: (seq: number | undefined, name = `${seq}`, now = 0) => take(arrive(window, seq, name, now, timeout)),
    expire: (now: number) => take(expire(window, now, timeout)),
    restart: (seq: number) => take(restart(window, seq)),
  }
}

describe('the reorder window', () => {
  it('in order, over the turn at 255, nothing is held', () => {
    const { say, out, gaps, window } = rig()
    const names = Array.from({ length: 600 }, (_, index) => `m${index}`)
    for (const [index, name] of names.entries()) say((index + 1) % 256, name)
    expect(out).toEqual(names)
    expect(gaps()).toBe(0)
    expect(window.heldSince).toBeUndefined()
  })
  it('tck-id-operational-behavior-host-reordering-start: a number ahead of its turn starts the timer, once', () => {
    const { say, out, window } = rig()
    say(1)
    say(4, '4', 50)
    say(3, '3', 60)
    expect(out).toEqual(['1'])
    expect(window.heldSince).toBe(50)
  })
  it('tck-id-operational-behavior-host-reordering-success: the missing one ends the timer, and all go on in order', () => {
    const { say, out, gaps, window, expire: look } = rig()
    say(1)
    say(4)
    say(3)
    say(2)
    expect(out).toEqual(['1', '2', '3', '4'])
    expect(window.heldSince).toBeUndefined()
    look(TIMEOUT * 2)
    expect(gaps()).toBe(0)
  })
  it('tck-id-operational-behavior-host-reordering-rebirth: after the timeout what is held goes on, and the gap is said', () => {
    const { say, out, gaps, expire: look } = rig()
    say(1)
    say(5, '5', 10)
    say(3, '3', 20)
    look(10 + TIMEOUT - 1)
    expect(out).toEqual(['1'])
    look(10 + TIMEOUT)
    expect(out).toEqual(['1', '3', '5'])
    expect(gaps()).toBe(1)
    say(6)
    expect(out.at(-1)).toBe('6')
    expect(gaps()).toBe(1)
  })
  it('without a timeout a gap is said at once', () => {
    const { say, out, gaps } = rig(0)
    say(1)
    say(3)
    expect(out).toEqual(['1', '3'])
    expect(gaps()).toBe(1)
  })
  it('a birth lets go of what was held and begins anew', () => {
    const { say, out, restart: begin } = rig()
    say(9)
    begin(0)
    say(1)
    expect(out).toEqual(['9', '1'])
  })
  it('more than it can tell apart: the gap is said without waiting', () => {
    const { say, out, gaps } = rig()
    for (let seq = 2; seq < 203; seq += 1) say(seq)
    expect(gaps()).toBe(1)
    expect(out).toHaveLength(201)
  })
  it('any order within the window comes out sorted; nothing is lost or doubled', () => {
    const shuffled = fc.shuffledSubarray(
      Array.from({ length: 60 }, (_, index) => index + 1),
      { minLength: 60 },
    )
    fc.assert(
      fc.property(shuffled, order => {
        const { say, out, gaps } = rig()
        for (const seq of order) say(seq)
        expect(out).toEqual(Array.from({ length: 60 }, (_, index) => `${index + 1}`))
        expect(gaps()).toBe(0)
      }),
      { numRuns: 200 },
    )
  })
  it('any numbers at all: everything that came comes out, once', () => {
    const numbers = fc.array(fc.option(fc.integer({ min: 0, max: 255 }), { nil: undefined }), { maxLength: 600 })
    fc.assert(
      fc.property(numbers, list => {
        const { say, out, expire: look } = rig()
        for (const [index, seq] of list.entries()) say(seq, `m${index}`)
        look(TIMEOUT)
        expect([...out].sort()).toEqual(list.map((_, index) => `m${index}`).sort())
      }),
      { numRuns: 300 },
    )
  })
})
