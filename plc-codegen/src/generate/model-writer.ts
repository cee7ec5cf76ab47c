/**
 * A language model as a writer: its text goes through the same gate as a pattern's, and what the gate found goes back to it, a few
 * rounds long. The model is a function that is passed in; it sees the specification and what was wrong, never the gate itself.
 */
import type { Language } from '../problems.ts'
import { type Draft, draft } from './draft.ts'
import type { Specification, Words } from './specification.ts'

export interface Round {
  /** What was written, without the fences that models put around code. */
  readonly st: string
  /** What the gate found against it, most telling first, at most `FINDINGS`. */
  readonly findings: readonly string[]
}

/** Writes Structured Text for the specification; `rounds` are the attempts before, oldest first. */
export type ModelWriter = (specification: Specification, rounds: readonly Round[]) => Promise<string>

export interface ModelDraft {
  /** The green one, or else the one that came furthest: then it says what fails and is not offered as finished. */
  readonly draft: Draft
  readonly rounds: readonly Round[]
}

const FINDINGS = 12
/** Characters; a block is some ten thousand, and what is longer was not written to be read. */
const LONGEST = 200_000

export async function draftByModel(
  specification: Specification,
  write: ModelWriter,
  options: { readonly rounds?: number; readonly lang?: Language } = {},
): Promise<ModelDraft> {
  const { rounds: limit = 4, lang = 'en' } = options
  const rounds: Round[] = []
  let best: Draft | undefined
  for (let round = 0; round < Math.max(1, limit); round += 1) {
    const st = codeOf(await write(specification, rounds)).slice(0, LONGEST)
    const judged = draft(specification, { writer: () => st, lang })
    if (best === undefined || standing(judged) >= standing(best)) best = judged
    rounds.push({ st, findings: findingsOf(judged, lang) })
    if (judged.green) break
    // The same text again would get the same answer again.
    if (rounds.length > 1 && rounds.at(-2)!.st === st) break
  }
  return { draft: best!, rounds }
}

/** How far a draft came through the gate: its text reads, its types fit, scenarios pass, code is reached. */
function standing({ evidence, scenarios, green }: Draft): number {
  if (green) return 1000
  if (evidence.parse === 'failed') return 0
  if (evidence.check === 'failed') return 1
  const passed = scenarios.filter(each => each.passed).length / Math.max(1, scenarios.length)
  return 2 + passed * 10 + evidence.statements + evidence.branches
}

function findingsOf(judged: Draft, lang: Language): string[] {
  const places = judged.diagnostics
    .filter(each => each.severity === 'error')
    .map(each => `line ${each.line}, column ${each.column}: ${each.code} ${each.message} (${each.remedy})`)
  const failures = judged.failures.map((each: Words) => each[lang])
  return (places.length > 0 ? places : failures).slice(0, FINDINGS)
}

/** The code in a reply: inside the longest fence where there is one, else all of it. */
export function codeOf(reply: string): string {
  const fenced = [...reply.matchAll(/```[^\n]*\n([\s\S]*?)```/g)].map(each => each[1]!)
  return fenced.length === 0 ? reply : fenced.reduce((a, b) => (b.length > a.length ? b : a))
}
