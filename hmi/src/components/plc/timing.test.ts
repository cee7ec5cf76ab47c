import { expect, it } from 'vitest'
import { laneOf } from './timing.ts'

it('a Boolean steps between the ends of its lane, held to the end', () => {
  const lane = laneOf('q', [0, 10, 20], [false, true, true], 100, 20)
  expect(lane).toMatchObject({ digital: true, path: 'M0.0 20.0H50.0V0.0H100' })
})
it('a number fills its lane, a constant lies in the middle', () => {
  expect(laneOf('x', [0, 10], [5, 15], 100, 20)).toMatchObject({ low: 5, high: 15, path: 'M0.0 20.0H100.0V0.0H100' })
  expect(laneOf('x', [0, 10], [5, 5], 100, 20).path).toBe('M0.0 10.0H100')
})
