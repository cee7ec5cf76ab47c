/**
 * Escape and overkill on rendered panels, through the product's own inspection threads:
 *
 *   node test/aoi/evaluate.ts [--set test|development] [--panels 1000] [--captures 2] [--rows held-out,...] [--part 1/4]
 *       [--seconds N] [--out DIR] [--report NAME]
 *
 * `--panels` good and as many defective panels on the held-out row (a quarter in the band between, a fifth on each other row).
 * Lines go to DIR; a run that was cut short (`--seconds`, Ctrl-C) goes on where it ended, and parts may run one after the other
 * or side by side in folders of their own. All panels done, the table is printed; `--report NAME` also writes
 * test/aoi/results/NAME.json and .md.
 */
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { createInspector, panelLines } from '@millwright/edge-agent'
import { recordOf } from './judge.ts'
import { GROUPS, type Panel, planPanel, ROWS, type Row } from './plan.ts'
import { openRecords } from './records.ts'
import type { Rendered } from './render-worker.ts'
import { report } from './report.ts'

const argument = (name: string, fallback: string) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback)
}
const set = argument('set', 'test') as 'test' | 'development'
const most = Number(argument('panels', '1000'))
const captures = Number(argument('captures', '2'))
const rows = argument('rows', ROWS.join(',')).split(',') as Row[]
const [part, parts] = argument('part', '1/1').split('/').map(Number) as [number, number]
const seconds = Number(argument('seconds', '1e9'))
const folder = argument('out', join('test', 'aoi', 'out'))
const name = argument('report', '')

const records = openRecords(folder, set)
const panels = rows.flatMap(row =>
  GROUPS.flatMap(group =>
    Array.from({ length: countOf(row, group) }, (_, i) => planPanel(set, row, group, i, captures)),
  ),
)
// Rows and groups side by side, so that a run that was cut short is a smaller sample of the same kind.
const spread = panels.map((panel, i) => ({ panel, at: Number(panel.id.slice(panel.id.lastIndexOf('/') + 1)), i }))
spread.sort((a, b) => a.at - b.at || a.i - b.i)
const mine = spread.map(({ panel }) => panel).filter((panel, i) => i % parts === part - 1 && !records.has(panel.id))
const started = performance.now()
if (mine.length > 0) await run(mine)
const left = panels.filter(panel => !records.has(panel.id)).length
if (left > 0) process.stderr.write(`${left} of ${panels.length} panels are left\n`)
const wanted = new Set(panels.map(panel => panel.id))
report(
  records.all().filter(line => wanted.has(line.id)),
  { set, captures, left },
  name,
)

function countOf(row: Row, group: (typeof GROUPS)[number]): number {
  if (row === 'held-out') return group === 'between' ? Math.ceil(most / 4) : most
  return group === 'between' ? 0 : Math.ceil(most / 5)
}

async function run(todo: readonly Panel[]): Promise<void> {
  const threads = Math.max(1, Math.min(2, availableParallelism()))
  const inspector = createInspector({ workers: threads })
  let next = 0
  const lane = async () => {
    const worker = new Worker(new URL('./render-worker.ts', import.meta.url))
    try {
      while (next < todo.length && performance.now() - started < 1000 * seconds) {
        const panel = todo[next++]!
        const waiting = []
        const boxes: Rendered['box'][] = []
        for (const shot of panel.shots) {
          const { file, box } = await ask(worker, shot)
          boxes.push(box)
          waiting.push(inspector.inspect(file, `${panel.id.replaceAll('/', '-')}_${shot.pattern}.tif`))
        }
        const lines = await Promise.all(waiting)
        records.add(recordOf(panel, panelLines(lines)[0]!.verdict, lines, boxes))
        const done = records.all().length
        if (done % 50 === 0)
          process.stderr.write(`${done} panels, ${((performance.now() - started) / 1000).toFixed(0)} s\n`)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: threads }, lane))
  await inspector.close()
}

async function ask(worker: Worker, shot: Panel['shots'][number]): Promise<Rendered> {
  worker.postMessage(shot)
  const [answer] = await once(worker, 'message')
  return answer as Rendered
}
