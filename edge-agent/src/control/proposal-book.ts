/** The life of setpoint proposals of one loop: at most one open at a time; each decided once. Pure. */
import type { Reason, SetpointProposal } from '@millwright/contract'

export interface ProposalBook {
  /** Newest last; kept short. */
  readonly proposals: readonly SetpointProposal[]
}

export const emptyBook: ProposalBook = { proposals: [] }
const KEPT = 20

export interface Step {
  readonly book: ProposalBook
  /** What changed and must be told. */
  readonly changed: readonly SetpointProposal[]
}

export const openProposal = (book: ProposalBook): SetpointProposal | undefined =>
  book.proposals.find(each => each.state === 'open')

const replace = (book: ProposalBook, changed: SetpointProposal): Step => ({
  book: { proposals: book.proposals.map(each => (each.id === changed.id ? changed : each)) },
  changed: [changed],
})

/** A new proposal; one that is still open gives way to it. */
export function offer(book: ProposalBook, proposal: SetpointProposal): Step {
  const given = openProposal(book)
  const way = given === undefined ? [] : [{ ...given, state: 'expired' as const }]
  const proposals = [...book.proposals.map(each => (each.id === given?.id ? way[0]! : each)), proposal].slice(-KEPT)
  return { book: { proposals }, changed: [...way, proposal] }
}

export function expire(book: ProposalBook, now: number): Step {
  const late = openProposal(book)
  return late === undefined || late.expiresAt > now
    ? { book, changed: [] }
    : replace(book, { ...late, state: 'expired' })
}

/** A person decides; undefined where it is not open any more. */
export function decide(
  book: ProposalBook,
  id: string,
  person: string,
  state: 'accepted' | 'rejected',
  now: number,
): Step | undefined {
  const found = book.proposals.find(each => each.id === id)
  if (found === undefined || found.state !== 'open' || found.expiresAt <= now) return undefined
  return replace(book, { ...found, state, decidedBy: person })
}

/** The outcome of the write that followed. */
export function settle(
  book: ProposalBook,
  id: string,
  outcome: { readonly written: number } | { readonly refusals: readonly Reason[] },
): Step {
  const found = book.proposals.find(each => each.id === id)
  if (found === undefined) return { book, changed: [] }
  return 'written' in outcome
    ? replace(book, { ...found, state: 'written', readBack: outcome.written })
    : replace(book, { ...found, state: 'refused', refusals: [...outcome.refusals] })
}
