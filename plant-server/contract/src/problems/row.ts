/** One row of the table of problems. */
import type { LocalText } from '../text.ts'

/** input: the sender's fault · refused: not allowed now · passing: try again · ours: a bug or a broken installation. */
export type ProblemKind = 'input' | 'refused' | 'passing' | 'ours'

export interface ProblemRow {
  readonly kind: ProblemKind
  readonly message: LocalText
  readonly remedy: LocalText
}

/** Message, then remedy, each in en and zh. */
export const row = (kind: ProblemKind, en: string, zh: string, remedyEn: string, remedyZh: string): ProblemRow => ({
  kind,
  message: { zh, en },
  remedy: { zh: remedyZh, en: remedyEn },
})
