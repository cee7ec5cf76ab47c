/**
 * Two variables that lie on the same bits of the process image (PLCopen CP4).
 * Passes: `a AT %QX0.0; b AT %QX0.1;`  Fails: `a AT %QW2; b AT %QX4.3;` (word 2 is bytes 4 and 5)
 */
import type { Rule } from './rule.ts'

export const addressOverlap: Rule = {
  name: 'address-overlap',
  guideline: 'CP4',
  codes: ['ST623'],
  apply({ pou, project, report }) {
    const own = [...pou.variables.values()]
    const located = [...project.globals.values(), ...own].filter(each => each.address !== undefined)
    if (located.length < 2) return
    for (const variable of own) {
      const here = bitsOf(variable.address)
      if (here === undefined) continue
      const other = located.find(
        each => each !== variable && each.span.start < variable.span.start && meet(here, bitsOf(each.address)),
      )
      const outer =
        other ?? [...project.globals.values()].find(each => each !== variable && meet(here, bitsOf(each.address)))
      if (outer !== undefined) report('ST623', variable.span, { name: variable.name, other: outer.name })
    }
  },
}

interface Bits {
  readonly area: string
  readonly from: number
  readonly to: number
}

/** `%QW2` as an area with its first and last bit: word n begins at byte 2n (IEC 61131-3:2013, 6.5.5.2). */
function bitsOf(address: string | undefined): Bits | undefined {
  const match = /^%([IQM])([XBWDL]?)(\d+)(?:\.(\d+))?$/i.exec(address ?? '')
  if (match === null) return undefined
  const [, area, size, first, bit] = match
  if (bit !== undefined) {
    const at = Number(first) * 8 + Number(bit)
    return { area: area!.toUpperCase(), from: at, to: at }
  }
  const width = { '': 1, X: 1, B: 8, W: 16, D: 32, L: 64 }[size!.toUpperCase()]!
  const from = Number(first) * width
  return { area: area!.toUpperCase(), from, to: from + width - 1 }
}

function meet(a: Bits, b: Bits | undefined): boolean {
  return b !== undefined && a.area === b.area && a.from <= b.to && b.from <= a.to
}
