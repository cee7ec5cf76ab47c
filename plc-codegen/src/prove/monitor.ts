/**
 * Properties as small machines over what holds at the start and at the end of a scan, said once for booleans (search,
 * replay) and for gates (proof).
 */
export interface Algebra<B> {
  readonly true: B
  readonly false: B
  and(a: B, b: B): B
  or(a: B, b: B): B
  not(a: B): B
}

/** What a scan tells a monitor. */
export interface Seen<B> {
  /** The n-th expression with the inputs set and before the body ran. */
  begin(n: number): B
  /** The n-th expression after the scan. */
  end(n: number): B
  /** Whether the monitor's clock, which `restart` sets to zero at the end of a scan, shows at least its limit. */
  clock(restart: B): B
}

export interface Judged<B> {
  /** The scan breaks the property (of a reachability: reaches it). */
  readonly bad: B
  /** The scan meets the premise: a property whose premise never holds is vacuous. */
  readonly premise: B
  readonly next: readonly B[]
}

export interface Monitor {
  readonly kind: 'safety' | 'reachability' | 'repeatability'
  /** Initial memory. */
  readonly memory: readonly boolean[]
  /** Expressions that are asked for at the start of a scan. */
  readonly begins: readonly number[]
  /** Limit of the clock in milliseconds, where there is one. */
  readonly limit?: number
  readonly judge: <B>(a: Algebra<B>, seen: Seen<B>, memory: readonly B[]) => Judged<B>
}

const safety = (memory: readonly boolean[], judge: Monitor['judge'], begins: readonly number[] = []): Monitor => ({
  kind: 'safety',
  memory,
  judge,
  begins,
})

/** Whether p leads to q in the same breath. */
const breaks = <B>(a: Algebra<B>, premise: B, conclusion: B, next: readonly B[] = []): Judged<B> => ({
  bad: a.and(premise, a.not(conclusion)),
  premise,
  next,
})

/** The patterns of PLCverif by their names, each with the number of its expressions. */
export const patterns: Readonly<Record<string, { readonly count: number; readonly monitor: Monitor }>> = {
  'pattern-invariant': {
    count: 1,
    monitor: safety([], (a, seen) => breaks(a, a.true, seen.end(0))),
  },
  'pattern-forbidden': {
    count: 1,
    monitor: safety([], (a, seen) => breaks(a, a.true, a.not(seen.end(0)))),
  },
  'pattern-implication': {
    count: 2,
    monitor: safety([], (a, seen) => breaks(a, seen.end(0), seen.end(1))),
  },
  'pattern-statechange-duringcycle': {
    count: 2,
    monitor: safety([], (a, seen) => breaks(a, seen.begin(0), seen.end(1)), [0]),
  },
  'pattern-statechange-betweencycles': {
    count: 3,
    monitor: safety([false], (a, seen, [before]) => breaks(a, a.and(before!, seen.end(1)), seen.end(2), [seen.end(0)])),
  },
  // {1} at the end of a scan: {2} was true at the end of an earlier one.
  'pattern-leadsto': {
    count: 2,
    monitor: safety([false], (a, seen, [earlier]) => breaks(a, seen.end(0), earlier!, [a.or(earlier!, seen.end(1))])),
  },
  // … {2} was true at the beginning of this or an earlier one.
  'pattern-leadsto-earlier': {
    count: 2,
    monitor: safety(
      [false],
      (a, seen, [earlier]) => {
        const since = a.or(earlier!, seen.begin(1))
        return breaks(a, seen.end(0), since, [since])
      },
      [1],
    ),
  },
  // … there was a change from {2} to {3} from one end of a scan to the next, this one at the latest.
  'pattern-leadsto-trigger': {
    count: 3,
    monitor: safety([false, false], (a, seen, [before, changed]) => {
      const since = a.or(changed!, a.and(before!, seen.end(2)))
      return breaks(a, seen.end(0), since, [seen.end(1), since])
    }),
  },
  'pattern-reachability': {
    count: 1,
    monitor: {
      kind: 'reachability',
      memory: [],
      begins: [],
      judge: (a, seen) => ({ bad: seen.end(0), premise: a.true, next: [] }),
    },
  },
  'pattern-repeatability': {
    count: 1,
    monitor: {
      kind: 'repeatability',
      memory: [],
      begins: [],
      judge: (a, seen) => ({ bad: seen.end(0), premise: a.true, next: [] }),
    },
  },
}

/** {1} stays true at the ends of scans for a time: {2} holds then. */
export function timedTrigger(limitMs: number): Monitor {
  const monitor = safety([false], (a, seen, [before]) => {
    const holds = seen.end(0)
    const long = seen.clock(a.or(a.not(holds), a.not(before!)))
    return breaks(a, a.and(holds, long), seen.end(1), [holds])
  })
  return { ...monitor, limit: limitMs }
}

export const booleans: Algebra<boolean> = {
  true: true,
  false: false,
  and: (a, b) => a && b,
  or: (a, b) => a || b,
  not: a => !a,
}
