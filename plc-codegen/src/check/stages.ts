import type { Rule } from './rules/rule.ts'

/** Rules of good practice, each independent of the others; they run when types are known. */
export const rules: readonly Rule[] = []
