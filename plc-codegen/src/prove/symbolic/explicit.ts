import { core, type Elementary, type Type } from '../../check/types.ts'
import type { Mode } from '../../run/library/explicit.ts'
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
    // A duration is not cut to its width in the simulator.
    if (to.kind === 'elementary' && calendar(to)) return open()
    const word = m.fl.toInteger(held as Word, a.format, 64, mode === 'trunc' ? 'trunc' : 'round')
    return m.w.resize(word, b.width, true)
  }
  return convert(m, from, to, held)
}
