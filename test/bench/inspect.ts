/** How long an image takes from file to verdict. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InspectionLine } from '@millwright/contract'
import { type DefectRequest, encodePng, PATTERNS, renderPanel, TEST_SETTINGS } from '@millwright/models/synth'
import { median, percentile, spreadOf } from './figures.ts'
import { type Bench, failure } from './row.ts'
import { type Finished, timedCommand } from './support/command.ts'
import { temporaryFolder } from './support/folder.ts'

const [WIDTH, HEIGHT] = [1920, 1080]
const SURFACE: DefectRequest['class'][] = ['scratch', 'stain', 'oil', 'dust']
const SHOWN: DefectRequest['class'][] = ['dead_pixel', 'mura', 'line', 'colour']

export const inspect: Bench = {
  name: 'inspect',
  unit: 'ms/image',
  async run(options) {
    const folder = temporaryFolder('inspect', options)
    const count = options.quick ? 4 : 32
    options.say(`  rendering ${count} panels`)
    const paths = await renderPanels(folder, count)
    const one = await timedCommand('mw-edge', ['inspect', paths[0]!], { ...options, limitMs: 120_000 })
    linesOf(one, 1)
    const all = await timedCommand('mw-edge', ['inspect', folder], { ...options, limitMs: 60_000 + count * 20_000 })
    const lines = linesOf(all, count)
    const own = lines.map(line => line.ms.total)
    const infer = lines.map(line => line.ms.infer)
    return {
      name: 'inspect',
      unit: 'ms/image',
      values: {
        p50: median(own),
        p95: percentile(own, 0.95),
        infer_p50: median(infer),
        wall_mean: all.wallMs / count,
        wall_single: one.wallMs,
      },
      n: count,
      spread: spreadOf(own),
      how: `mw-edge inspect on a folder of rendered ${WIDTH}x${HEIGHT} PNG panels (all patterns, every second with a defect); p50 and p95 of its own ms.total, file to verdict in one worker; wall_mean: the whole command by images; wall_single: a command for one image, start of process and model with it`,
    }
  },
}

async function renderPanels(folder: string, count: number): Promise<string[]> {
  const paths: string[] = []
  for (let index = 0; index < count; index += 1) {
    const pattern = PATTERNS[index % PATTERNS.length]!
    const kinds = pattern === 'surface' ? SURFACE : SHOWN
    const defects = index % 2 === 0 ? [] : [{ class: kinds[(index >> 1) % kinds.length]! }]
    const request = { seed: `bench-${index}`, width: WIDTH, height: HEIGHT, pattern, defects, settings: TEST_SETTINGS }
    const { pixels } = renderPanel(request)
    const panel = `P${String(Math.floor(index / PATTERNS.length)).padStart(3, '0')}`
    const path = join(folder, `${panel}_${pattern}.png`)
    writeFileSync(path, await encodePng(pixels, WIDTH, HEIGHT))
    paths.push(path)
  }
  return paths
}

type Judged = Extract<InspectionLine, { ms: unknown }>

/** The lines of images that were judged; anything else is a failure in the command's own words. */
function linesOf({ status, out, err }: Finished, count: number): Judged[] {
  if (status !== 0 && status !== 1) throw failure(`mw-edge inspect ended with ${status}: ${err}`)
  const lines = out
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as InspectionLine)
  const judged = lines.filter((line): line is Judged => 'ms' in line && !('error' in line))
  if (judged.length === count) return judged
  const refused = lines.find(line => 'error' in line)
  throw failure(`${count - judged.length} of ${count} images were not judged: ${JSON.stringify(refused)}`)
}
