import { core, type Elementary, type Type } from '../../check/types.ts'
import type { Mode } from '../../run/library/explicit.ts'
import type { Bit } from '../gates.ts'
import type { Word } from '../words.ts'
import { OPAQUE, type Sym, type SymMachine } from './machine.ts'
import { convert, shapeOf, unknownOf } from './values.ts'

const calendar = (t: Elementary) => /^l?(?:time|date|tod|dt)$/.test(t.class)

/** An explicit conversion in gates, as `run/library/explicit.ts` defines it; texts and digits are left open. */
export function explicit(m: SymMachine, source: Type, target: Type, mode: Mode, held: Sym): Sym {
  const from = core(source)
  const to = core(target)
  const a = shapeOf(from)
  const b = shapeOf(to)
  const open = () => unknownOf(m, target)
  if (mode === 'fromBcd' || mode === 'toBcd' || held === OPAQUE) return open()
  if (a.kind === 'opaque' || b.kind === 'opaque' || a.kind === 'frame' || b.kind === 'frame') return open()
  if (from.kind === 'elementary' && to.kind === 'elementary') {
    // Dates are seconds outside and milliseconds inside: only plain milliseconds are said in gates.
    const seconds = (t: Elementary) => t.class === 'date' || t.class === 'dt'
    if (seconds(from) || seconds(to)) return open()
    if (calendar(from) && calendar(to)) return from.class === to.class ? held : open()
  }
  if (a.kind === 'real' && b.kind === 'word') {
    const word = m.fl.toInteger(held as Word, a.format, 64, mode === 'trunc' ? 'trunc' : 'round')
    // Beyond 2^53 the simulator's wrap goes through a double: left open.
    const { w, g } = m
    const magnitude = w.choose(word[63]!, w.negate(word), word)
    const high = magnitude.slice(52).reduce<Bit>((some, bit) => g.or(some, bit), 0)
    const far = g.or(high, beyond(m, held as Word, a.format.exponent, a.format.precision))
    const finite = m.fl.isFinite(held as Word, a.format)
    const cut = w.resize(word, b.width, true)
    return w.choose(g.and(far, finite), open() as Word, cut)
  }
  return convert(m, from, to, held)
}

/** Whether the exponent says 2^52 or more. */
function beyond(m: SymMachine, held: Word, exponent: number, precision: number): Bit {
  const raw = held.slice(precision - 1, precision - 1 + exponent)
  const bias = 2 ** (exponent - 1) - 1
  return m.w.less(raw, m.w.constant(BigInt(bias + 52), exponent), false) ^ 1
}
