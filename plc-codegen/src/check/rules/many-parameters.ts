/**
 * More than 10 inputs, or 10 outputs, or 5 in-outs (PLCopen CP23): a structure says it better.
 * Passes: a structure as input.  Fails: eleven inputs.
 */
import type { Rule } from './rule.ts'

export const manyParameters: Rule = {
  name: 'many-parameters',
  guideline: 'CP23',
  codes: ['ST653'],
  apply({ pou, report }) {
    if (pou.node === undefined) return
    for (const [section, limit] of limits) {
      const count = [...pou.variables.values()].filter(each => each.section === section).length
      if (count > limit) report('ST653', pou.node.name.span, { name: pou.name, count, section, limit })
    }
  },
}

const limits = [
  ['VAR_INPUT', 10],
  ['VAR_OUTPUT', 10],
  ['VAR_IN_OUT', 5],
] as const
