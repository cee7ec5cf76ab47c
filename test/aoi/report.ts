import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { upperBound } from '@millwright/edge-agent'
import { ROWS, type Row } from './plan.ts'
import type { PanelRecord } from './records.ts'

interface Rate {
  readonly k: number
  readonly n: number
  readonly rate: number
  /** One-sided Clopper-Pearson, 95 %. */
  readonly upper: number
}

export interface Figures {
  readonly row: Row
  readonly renderer: 'first' | 'second' | 'both'
  /** Defective panels that pass. */
  readonly escape: Rate
  /** Defective panels that pass, or are stopped for something that lies elsewhere. */
  readonly escapeInPlace: Rate
  /** Good panels that do not pass (fail or review). */
  readonly overkill: Rate
  /** Good panels that fail outright. */
  readonly failed: Rate
}

/** Of k of n: the share, and its bound; nothing is known of no panel. */
export function rate(k: number, n: number): Rate {
  return { k, n, rate: n === 0 ? 0 : k / n, upper: n === 0 ? 1 : upperBound(k, n, 0.95) }
}

export function figuresOf(lines: readonly PanelRecord[], row: Row, renderer: Figures['renderer']): Figures {
  const own = lines.filter(line => line.row === row && (renderer === 'both' || line.renderer === renderer))
  const defective = own.filter(line => line.group === 'defective')
  const good = own.filter(line => line.group === 'good')
  const passed = defective.filter(line => line.verdict === 'pass')
  const count = (of: readonly PanelRecord[], test: (line: PanelRecord) => boolean) =>
    rate(of.filter(test).length, of.length)
  return {
    row,
    renderer,
    escape: rate(passed.length, defective.length),
    escapeInPlace: count(defective, line => line.verdict === 'pass' || !line.inPlace),
    overkill: count(good, line => line.verdict !== 'pass'),
    failed: count(good, line => line.verdict === 'fail'),
  }
}

/** Share of panels that are stopped, by multiples of the limit: the curve of detection over all groups of the held-out row. */
export function detectionCurve(lines: readonly PanelRecord[]) {
  const edges = [0.1, 0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.6, 2.5, 100]
  const own = lines.filter(line => line.row === 'held-out')
  return edges.slice(1).map((to, i) => {
    const bin = own.filter(line => line.times >= edges[i]! && line.times < to)
    return { from: edges[i]!, to, n: bin.length, found: bin.filter(line => line.inPlace).length }
  })
}

/** Prints the table; with a name, writes it and the JSON under results/. */
export function report(
  lines: readonly PanelRecord[],
  run: { readonly set: string; readonly captures: number; readonly left: number },
  name: string,
): void {
  const figures = ROWS.flatMap(row =>
    (['both', 'first', 'second'] as const).map(renderer => figuresOf(lines, row, renderer)),
  ).filter(f => f.escape.n + f.overkill.n > 0)
  const families = [
    ...Map.groupBy(
      lines.filter(l => l.row === 'held-out'),
      l => l.family,
    ),
  ].map(([family, own]) => ({
    family,
    escape: rate(
      own.filter(l => l.group === 'defective' && l.verdict === 'pass').length,
      own.filter(l => l.group === 'defective').length,
    ),
    named: own.filter(l => l.group === 'defective' && l.named === family).length,
    overkill: rate(
      own.filter(l => l.group === 'good' && l.verdict !== 'pass').length,
      own.filter(l => l.group === 'good').length,
    ),
  }))
  const curve = detectionCurve(lines)
  const whole = {
    synthetic: true,
    ...run,
    panels: lines.length,
    machine: `${cpus()[0]?.model ?? 'unknown'} (${cpus().length} threads), Node ${process.version}`,
    bounds: 'Clopper-Pearson, one-sided 95 %',
    figures,
    families,
    curve,
  }
  const text = markdown(whole)
  process.stdout.write(text)
  if (name === '') return
  const folder = join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(whole, null, 2)}\n`)
  writeFileSync(join(folder, `${name}.md`), text)
}

const percent = (v: number) => `${(100 * v).toFixed(2)} %`
const cell = ({ k, n, rate: share, upper }: Rate) =>
  n === 0 ? '-' : `${k}/${n} = ${percent(share)} (<= ${percent(upper)})`

function markdown(whole: {
  readonly set: string
  readonly captures: number
  readonly left: number
  readonly panels: number
  readonly machine: string
  readonly figures: readonly Figures[]
  readonly families: readonly { family: string; escape: Rate; named: number; overkill: Rate }[]
  readonly curve: ReturnType<typeof detectionCurve>
}): string {
  const lines = [
    `Rendered panels (synthetic), set "${whole.set}", ${whole.panels} panels of ${whole.captures} lit captures at 1920x1080; ${whole.machine}.`,
    'In brackets the one-sided 95 % upper bound (Clopper-Pearson). Escape: a defective panel passes; "in place": it passes, or what stopped it lies elsewhere.',
    'Overkill: a good panel does not pass (fail or review).',
    ...(whole.left > 0 ? ['', `**${whole.left} panels are still to run.**`] : []),
    '',
    '| row | renderer | escape | escape, in place | overkill | failed outright |',
    '|---|---|---|---|---|---|',
    ...whole.figures.map(
      f =>
        `| ${f.row} | ${f.renderer} | ${cell(f.escape)} | ${cell(f.escapeInPlace)} | ${cell(f.overkill)} | ${cell(f.failed)} |`,
    ),
    '',
    '| family (held-out) | escape | named right | overkill with one below half of the limit |',
    '|---|---|---|---|',
    ...whole.families.map(f => `| ${f.family} | ${cell(f.escape)} | ${f.named}/${f.escape.n} | ${cell(f.overkill)} |`),
    '',
    'Found in place, by severity as a multiple of the limit (held-out, all families):',
    '',
    '| severity | panels | found |',
    '|---|---|---|',
    ...whole.curve.map(c => `| ${c.from}-${c.to} | ${c.n} | ${c.n === 0 ? '-' : percent(c.found / c.n)} |`),
    '',
  ]
  return lines.join('\n')
}
