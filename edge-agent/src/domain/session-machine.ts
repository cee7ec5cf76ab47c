/** Life of a connection, pure: disconnected -> connecting -> online -> waiting (back-off) -> connecting ... */
export type Session =
  | { readonly state: 'disconnected' }
  | { readonly state: 'connecting'; readonly attempt: number; readonly refusals: number }
  | { readonly state: 'online' }
  | { readonly state: 'waiting'; readonly attempt: number; readonly refusals: number }

export type SessionInput =
  | { readonly kind: 'start' }
  | { readonly kind: 'connected' }
  /** `refused`: somebody answered and said no; otherwise nobody was reached. */
  | { readonly kind: 'failed'; readonly refused?: boolean }
  | { readonly kind: 'lost' }
  | { readonly kind: 'waited' }
  | { readonly kind: 'stop' }

export type SessionEffect = 'connect' | 'wait' | 'announce_online' | 'announce_offline' | 'close'

export interface SessionStep {
  readonly next: Session
  readonly effects: readonly SessionEffect[]
}

export const DISCONNECTED: Session = { state: 'disconnected' }

/** What comes next; an input that has no meaning in a state changes nothing. */
export function sessionStep(session: Session, input: SessionInput): SessionStep {
  const stay: SessionStep = { next: session, effects: [] }
  if (input.kind === 'stop') {
    if (session.state === 'disconnected') return stay
    return {
      next: DISCONNECTED,
      effects: session.state === 'online' ? ['announce_offline', 'close'] : ['close'],
    }
  }
  switch (session.state) {
    case 'disconnected':
      return input.kind === 'start'
        ? { next: { state: 'connecting', attempt: 1, refusals: 0 }, effects: ['connect'] }
        : stay
    case 'connecting':
      if (input.kind === 'connected') return { next: { state: 'online' }, effects: ['announce_online'] }
      if (input.kind === 'failed' || input.kind === 'lost') {
        // Whoever was refused and then found nobody is knocking anew.
        const refusals = input.kind === 'failed' && input.refused === true ? session.refusals + 1 : 0
        return {
          next: { state: 'waiting', attempt: session.attempt, refusals },
          // Said once per outage, not at each try.
          effects: session.attempt === 1 ? ['announce_offline', 'close', 'wait'] : ['close', 'wait'],
        }
      }
      return stay
    case 'online':
      return input.kind === 'lost' || input.kind === 'failed'
        ? { next: { state: 'waiting', attempt: 1, refusals: 0 }, effects: ['announce_offline', 'close', 'wait'] }
        : stay
    case 'waiting':
      return input.kind === 'waited'
        ? {
            next: { state: 'connecting', attempt: session.attempt + 1, refusals: session.refusals },
            effects: ['connect'],
          }
        : stay
  }
}

/**
 * Delay before attempt `attempt` + 1, ms: doubling from 250 ms to 2 s, shortened by up to half by chance, so that a plant of
 * agents does not knock all at once. `chance` in [0, 1).
 */
export function backoffMs(attempt: number, chance: number): number {
  return Math.min(2000, 250 * 2 ** Math.min(attempt - 1, 10)) * (1 - 0.5 * chance)
}

/** The same after `refusals` in a row, ms: from 2 s to 30 s. A device that says no is not to be hammered. */
export function refusedBackoffMs(refusals: number, chance: number): number {
  return Math.min(30_000, 2000 * 2 ** Math.min(refusals - 1, 10)) * (1 - 0.5 * chance)
}
