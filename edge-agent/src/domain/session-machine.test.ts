import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  backoffMs,
  DISCONNECTED,
  refusedBackoffMs,
  type Session,
  type SessionInput,
  sessionStep,
} from './session-machine.ts'

const walk = (...kinds: SessionInput['kind'][]) => {
  let session: Session = DISCONNECTED
  const effects = kinds.map(kind => {
    const step = sessionStep(session, { kind })
    session = step.next
    return step.effects
  })
  return { session, effects }
}

describe('a session', () => {
  it('connects, is lost, waits and connects again', () => {
    expect(walk('start', 'connected', 'lost', 'waited', 'connected')).toEqual({
      session: { state: 'online' },
      effects: [
        ['connect'],
        ['announce_online'],
        ['announce_offline', 'close', 'wait'],
        ['connect'],
        ['announce_online'],
      ],
    })
  })
  it('an outage is said once, not at each try', () => {
    const { effects } = walk('start', 'failed', 'waited', 'failed', 'waited', 'failed')
    expect(effects.flat().filter(effect => effect === 'announce_offline')).toHaveLength(1)
  })
  it('after an online time the first failed try is not said again', () => {
    const { effects } = walk('start', 'connected', 'lost', 'waited', 'failed')
    expect(effects.flat().filter(effect => effect === 'announce_offline')).toHaveLength(1)
  })
  it('refusals in a row are counted, and forgotten once nobody answers', () => {
    let session: Session = DISCONNECTED
    const counts = [
      { kind: 'start' },
      { kind: 'failed', refused: true },
      { kind: 'waited' },
      { kind: 'failed', refused: true },
      { kind: 'waited' },
      { kind: 'failed' },
      { kind: 'waited' },
      { kind: 'failed', refused: true },
    ].map(input => {
      session = sessionStep(session, input as SessionInput).next
      return session.state === 'waiting' ? session.refusals : undefined
    })
    expect(counts.filter(count => count !== undefined)).toEqual([1, 2, 0, 1])
  })
  it('stop closes from anywhere, and nothing that comes later starts it again', () => {
    for (const before of [['start'], ['start', 'connected'], ['start', 'failed']] as SessionInput['kind'][][]) {
      const { session } = walk(...before, 'stop', 'connected', 'lost', 'waited', 'failed')
      expect(session).toEqual(DISCONNECTED)
    }
  })
  it('announces strictly in turn, whatever comes', () => {
    const kinds = fc.constantFrom<SessionInput['kind']>('start', 'connected', 'failed', 'lost', 'waited', 'stop')
    fc.assert(
      fc.property(fc.array(kinds, { maxLength: 40 }), inputs => {
        const said = walk(...inputs)
          .effects.flat()
          .filter(effect => effect === 'announce_online')
        expect(said.length).toBeLessThanOrEqual(inputs.filter(kind => kind === 'connected').length)
      }),
    )
  })
})

it('the back-off grows from a quarter of a second to 2 s, shortened by at most half', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map(attempt => backoffMs(attempt, 0))).toEqual([250, 500, 1000, 2000, 2000, 2000, 2000])
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempt, chance) => {
        const full = backoffMs(attempt, 0)
        expect(backoffMs(attempt, chance)).toBeGreaterThan(full / 2)
        expect(backoffMs(attempt, chance)).toBeLessThanOrEqual(full)
      },
    ),
  )
})

it('who says no is left alone for up to 30 s', () => {
  expect([1, 2, 3, 4, 5, 60].map(refusals => refusedBackoffMs(refusals, 0))).toEqual([
    2000, 4000, 8000, 16_000, 30_000, 30_000,
  ])
  expect(refusedBackoffMs(60, 0.999)).toBeGreaterThan(15_000)
})
