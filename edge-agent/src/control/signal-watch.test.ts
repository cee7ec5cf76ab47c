import { expect, it } from 'vitest'
import { createSignalWatch } from './signal-watch.ts'

const config = { frozenS: 20, leap: 1.5, leaps: 3, leapsWithinS: 60, disagree: 0.6, disagreeS: 30 }
const watch = () => createSignalWatch(config)

it('a noisy signal is no fault', () => {
  const signal = watch()
  for (let t = 0; t < 120; t += 1) signal.seen(t * 1000, 12.5 + 0.05 * Math.sin(t * 7))
  expect(signal.fault(120_000)).toBeUndefined()
})
it('a signal that does not change by a digit is frozen, but not while there is nothing to see', () => {
  const signal = watch()
  for (let t = 0; t <= 21; t += 1) signal.seen(t * 1000, 12.5)
  expect(signal.fault(21_000)).toBe('frozen')
  signal.pause()
  expect(signal.fault(60_000)).toBeUndefined()
})
it('one spike is left out, several are a fault', () => {
  const signal = watch()
  signal.seen(0, 12.5)
  signal.seen(1000, 16.5)
  signal.seen(2000, 12.4)
  expect(signal.fault(2000)).toBeUndefined()
  signal.seen(3000, 8.4)
  expect(signal.fault(3000)).toBe('spiking')
})
it('what the model cannot explain is a fault only if it lasts', () => {
  const signal = watch()
  signal.disagreement(0, 0.8)
  signal.disagreement(20_000, 0.8)
  expect(signal.fault(20_000)).toBeUndefined()
  expect(signal.fault(31_000)).toBe('disagrees')
  signal.disagreement(32_000, 0.1)
  expect(signal.fault(32_000)).toBeUndefined()
})

it.each([
  ['goes with', 1, undefined],
  ['goes weakly with', 0.4, undefined],
  ['goes against', -1, 'inverted'],
] as const)('a meter that %s what the others let expect', (_, sign, fault) => {
  const signal = watch()
  for (let i = 0; i < 200; i += 1) {
    const expected = 12.5 + 0.12 * Math.sin(i / 9)
    signal.beside(12.5 + sign * (expected - 12.5) + 0.03 * Math.sin(i * 7.7), expected)
  }
  expect(signal.fault(1000)).toBe(fault)
})
it('nothing moves: nothing is known of the sign', () => {
  const signal = watch()
  for (let i = 0; i < 200; i += 1) signal.beside(12.5 - 0.03 * Math.sin(i), 12.5 + 0.01 * Math.sin(i))
  expect(signal.fault(1000)).toBeUndefined()
})
