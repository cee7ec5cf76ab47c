/** What a run of bad input came to. */
export interface Outcome {
  readonly sent: number
  /** Those that were good by chance. */
  readonly accepted: number
  /** Refusals by their code. */
  readonly codes: Readonly<Record<string, number>>
  /** Throws, hangs, refusals without a code; the first of them. */
  readonly faults: readonly string[]
  readonly faultCount: number
  /** Longest answer; for OPC UA the longest from whole bytes to a fresh value. */
  readonly slowestMs: number
  /** OPC UA: replies that nobody can decode, and alarms that came of the others. */
  readonly broken?: number
  readonly alarms?: number
}
