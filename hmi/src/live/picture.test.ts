import { expect, test } from 'vitest'
import { createPicture } from './picture.ts'

/** A screen whose frames come when the test says so. */
function setup() {
  let now = 0
  let frames: (() => void)[] = []
  const timers: { at: number; run: () => void }[] = []
  const picture = createPicture({
    now: () => now,
    frame: run => void frames.push(run),
    later: (ms, run) => void timers.push({ at: now + ms, run }),
  })
  const advance = (ms: number) => {
    now += ms
    for (const timer of timers.splice(0))
      if (timer.at <= now) timer.run()
      else timers.push(timer)
  }
  const frame = () => {
    const due = frames
    frames = []
    for (const run of due) run()
  }
  return { picture, advance, frame, spend: (ms: number) => (now += ms) }
}

test('a quick page draws with every frame', () => {
  const { picture, advance, frame } = setup()
  let drawn = 0
  for (let i = 0; i < 10; i += 1) {
    picture(() => {
      drawn += 1
    })
    frame()
    advance(17)
  }
  expect(drawn).toBe(10)
})

test('a slow page rests as long as it draws, a tenth of a second at most', () => {
  const { picture, advance, frame, spend } = setup()
  let drawn = 0
  const draw = () => {
    drawn += 1
    spend(67)
  }
  picture(draw)
  frame()
  frame()
  picture(draw)
  advance(49)
  frame()
  expect(drawn).toBe(1)
  advance(1)
  frame()
  expect(drawn).toBe(2)
  frame()
  picture(() => {
    drawn += 1
    spend(5000)
  })
  advance(50)
  frame()
  frame()
  picture(draw)
  advance(100)
  frame()
  expect(drawn).toBe(4)
})
