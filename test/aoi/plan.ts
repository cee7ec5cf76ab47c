import { type Dice, diceOf } from './camera/dice.ts'
import { severityOf, timesOf } from './limits.ts'
import { type Family, type Flaw, KNOWN, NUISANCES, type SettingsName, type Shot, UNKNOWN } from './panel.ts'

/** What a panel is: defective at or beyond a limit, good with all below half of it, or in the band between (counted in no rate). */
export const GROUPS = ['defective', 'good', 'between'] as const
export type Group = (typeof GROUPS)[number]

export const ROWS = ['held-out', 'unseen-family', 'unseen-settings', 'light-and-gain', 'heavy-moire'] as const
export type Row = (typeof ROWS)[number]

export interface Panel {
  readonly id: string
  readonly row: Row
  readonly group: Group
  readonly renderer: 'first' | 'second'
  readonly family: Family
  /** Severity as a multiple of the limit. */
  readonly times: number
  readonly shots: readonly Shot[]
}

type Shown = Shot['pattern']
/** Patterns that show a family; the first capture of a panel is one of these. */
const SHOWN_ON: Record<Family, readonly Shown[]> = {
  dead_pixel: ['white', 'red', 'green', 'blue', 'grey', 'black'],
  line: ['white', 'red', 'green', 'blue', 'grey'],
  mura: ['white', 'red', 'green', 'blue', 'grey'],
  light_leak: ['white', 'grey', 'black'],
  colour: ['white', 'grey'],
  scratch: ['white', 'green', 'blue', 'grey'],
  stain: ['white', 'green', 'blue', 'grey'],
  oil: ['white', 'green', 'blue', 'grey'],
  sticking: ['white', 'grey', 'green'],
  rings: ['white', 'grey', 'green'],
  crack: ['white', 'grey', 'green'],
  bubble: ['white', 'grey', 'green'],
  pinholes: ['white', 'grey', 'green'],
}
const ALL: readonly Shown[] = ['white', 'grey', 'black', 'red', 'green', 'blue', 'checker']
const FORMS = ['spot', 'line', 'band', 'cloud', 'curtain'] as const

/** Panel `index` of a row and group. The same arguments give the same panel; renderers take turns. */
export function planPanel(set: 'development' | 'test', row: Row, group: Group, index: number, captures: number): Panel {
  const id = `${set}/${row}/${group}/${index}`
  const dice = diceOf(id)
  const renderer = row === 'unseen-family' || index % 2 === 1 ? 'second' : 'first'
  const families: readonly Family[] = row === 'unseen-family' && group === 'defective' ? UNKNOWN : KNOWN
  const family = families[(index >> 1) % families.length]!
  const times = timesFor(dice, group, family)
  const black = family === 'dead_pixel' && dice.yes(0.3)
  const lead = dice.one(SHOWN_ON[family].filter(name => family !== 'dead_pixel' || (name === 'black') === black))
  const nuisances = row === 'heavy-moire' ? NUISANCES : dice.yes(0.75) ? NUISANCES.filter(() => dice.yes(0.65)) : []
  const form = drawForm(dice, family, group)
  const shots = patterns(dice, lead, captures).map(
    (pattern): Shot => ({
      renderer,
      settings: settingsOf(set, row),
      seed: id,
      pattern,
      nuisances: pattern === 'black' || pattern === 'checker' ? nuisances.filter(n => n !== 'moire') : nuisances,
      flaw: shows(family, pattern, black) ? { ...form, severity: severityOf(form, times, pattern) } : undefined,
    }),
  )
  return { id, row, group, renderer, family, times, shots }
}

function timesFor(dice: Dice, group: Group, family: Family): number {
  if (group === 'good') return dice.octave([0.1, 0.5])
  return dice.octave(group === 'between' ? [0.5, 1] : timesOf(family))
}

function settingsOf(set: 'development' | 'test', row: Row): SettingsName {
  if (row === 'unseen-settings') return 'unseen'
  if (row === 'light-and-gain') return 'other_light'
  return row === 'heavy-moire' ? 'heavy_moire' : set
}

function patterns(dice: Dice, lead: Shown, captures: number): Shown[] {
  const rest = ALL.filter(name => name !== lead)
  const out = [lead]
  while (out.length < captures && rest.length > 0) out.push(...rest.splice(Math.floor(dice.unit() * rest.length), 1))
  return out
}

function shows(family: Family, pattern: Shown, black: boolean): boolean {
  if (family !== 'dead_pixel') return SHOWN_ON[family].includes(pattern)
  return black ? pattern === 'black' : SHOWN_ON[family].includes(pattern) && pattern !== 'black'
}

/** Sizes of flaws below their limits are those of the limit: 2 x 20 px, 100 px2. */
function drawForm(dice: Dice, family: Family, group: Group): Omit<Flaw, 'severity'> {
  const small = group === 'good'
  const sizes: Partial<Record<Family, readonly [number, number]>> = {
    mura: [70, 400],
    light_leak: [60, 300],
    colour: [480, 900],
    scratch: small ? [20, 60] : [24, 300],
    stain: small ? [12, 16] : [13, 80],
    oil: small ? [14, 18] : [14, 160],
  }
  return {
    family,
    at: [dice.between([0.06, 0.94]), dice.between([0.08, 0.92])],
    size: dice.octave(sizes[family] ?? [60, 200]),
    thick: small ? 2 : dice.between([2, 4]),
    form: dice.one(FORMS),
    bright: dice.yes(0.4),
  }
}
