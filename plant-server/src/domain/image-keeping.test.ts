import { describe, expect, it } from 'vitest'
import { type HeldImage, type ImageRules, imagesToRemove, worse } from './image-keeping.ts'

const DAY = 86_400_000
const NOW = 1000 * DAY
const rules: ImageRules = { maxBytes: 1000, keepDays: { fail: 300, review: 100, pass: 10 } }
const image = (sha256: string, verdict: HeldImage['verdict'], days: number, bytes = 10): HeldImage => ({
  sha256,
  verdict,
  bytes,
  t: NOW - days * DAY,
})
const removed = (...held: HeldImage[]) => imagesToRemove(held, rules, NOW).map(({ sha256 }) => sha256)

describe('images are kept by verdict', () => {
  it('fails longer than doubts, doubts longer than passes', () => {
    expect(
      removed(
        image('p9', 'pass', 9),
        image('p11', 'pass', 11),
        image('r99', 'review', 99),
        image('r101', 'review', 101),
      ),
    ).toEqual(['p11', 'r101'])
    expect(removed(image('f299', 'fail', 299), image('f301', 'fail', 301))).toEqual(['f301'])
  })
  it('one that no inspection names is waited for a week', () => {
    expect(removed(image('a', undefined, 6), image('b', undefined, 8))).toEqual(['b'])
  })
  it('a full store gives up passes first, the oldest of them, and fails last, down to 95 %', () => {
    const held = [
      image('f', 'fail', 200, 400),
      image('r', 'review', 50, 300),
      image('old', 'pass', 5, 200),
      image('new', 'pass', 1, 200),
    ]
    expect(removed(...held)).toEqual(['old'])
    expect(removed(...held, image('f2', 'fail', 3, 500))).toEqual(['old', 'new', 'r'])
  })
  it('what has just come and waits for its inspection is never given up for room', () => {
    expect(removed(image('waits', undefined, 0, 900), image('f', 'fail', 1, 200))).toEqual(['f'])
  })
  it('the worst verdict counts', () => {
    expect([worse('pass', 'fail'), worse('review', 'pass'), worse(undefined, 'pass')]).toEqual([
      'fail',
      'review',
      'pass',
    ])
  })
})
