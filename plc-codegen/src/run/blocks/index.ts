import { rs, sr } from './bistables.ts'
import type { StandardBlock } from './block.ts'
import { ctd, ctu, ctud } from './counters.ts'
import { fTrig, rTrig } from './edges.ts'
import { tof } from './tof.ts'
import { ton } from './ton.ts'
import { tp } from './tp.ts'

const widths: readonly [string, number, boolean][] = [
  ['', 16, true],
  ['_DINT', 32, true],
  ['_LINT', 64, true],
  ['_UDINT', 32, false],
  ['_ULINT', 64, false],
]

/** What the standard blocks do, by name. */
export const standardBlockSteps: ReadonlyMap<string, StandardBlock> = new Map<string, StandardBlock>([
  ...Object.entries({ TON: ton, TOF: tof, TP: tp }).flatMap(([name, block]): [string, StandardBlock][] =>
    [name, `${name}_TIME`, `${name}_LTIME`, `L${name}`].map(each => [each, block]),
  ),
  ...widths.flatMap(([ending, bits, signed]): [string, StandardBlock][] => [
    [`CTU${ending}`, ctu(bits, signed)],
    [`CTD${ending}`, ctd(bits, signed)],
    [`CTUD${ending}`, ctud(bits, signed)],
  ]),
  ['R_TRIG', rTrig],
  ['F_TRIG', fTrig],
  ['SR', sr],
  ['RS', rs],
])
