/**
 * `mw-edge synth --good DIR --class scratch,stain --count N --out DIR [--per N] [--seed S]`: lays rendered defects on good captures.
 * OUT gets N images, a mask for each (masks/, a grey PNG of class numbers) and manifest.jsonl; a JSON line an image goes to stdout.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { type CommandIo, describe, ProblemError, parseArguments, UsageError } from '@millwright/contract'
import {
  classesOn,
  createRandom,
  type DefectRequest,
  encodeMask,
  encodePng,
  pasteDefects,
  RENDERED_CLASSES,
  type RenderedClass,
} from '@millwright/models/synth'
import { listCaptures } from '../vision/captures.ts'
import { findScreen } from '../vision/inspect.ts'
import { load } from '../vision/load.ts'
import type { Screen } from '../vision/locate.ts'
import { readName } from '../vision/naming.ts'
import { isJudged, judgedBox } from '../vision/pattern/lit.ts'

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const wish = readWish(argv)
  try {
    await mkdir(join(wish.out, 'masks'), { recursive: true })
    const goods = await usable(wish, io)
    if (goods.length === 0) {
      io.err(`mw-edge synth: no capture of ${wish.good} can show ${wish.classes.join(', ')}\n`)
      return 1
    }
    const lines: string[] = []
    for (let i = 0; i < wish.count; i += 1) {
      const line = JSON.stringify(await makeOne(wish, goods[i % goods.length]!, i))
      lines.push(line)
      io.out(`${line}\n`)
    }
    await writeFile(join(wish.out, 'manifest.jsonl'), `${lines.join('\n')}\n`)
    return 0
  } catch (error) {
    const problem =
      error instanceof ProblemError
        ? error.problem
        : {
            code: 'MW-0102' as const,
            place: wish.out,
            values: { detail: error instanceof Error ? error.message : String(error) },
          }
    io.err(`mw-edge synth: ${problem.code} ${describe(problem).en}\n`)
    return problem.code === 'MW-0102' ? 2 : 1
  }
}

interface Wish {
  readonly good: string
  readonly out: string
  readonly classes: readonly RenderedClass[]
  readonly count: number
  readonly per: number
  readonly seed: string
}

function readWish(argv: readonly string[]): Wish {
  const { options, positionals } = parseArguments(argv, {
    options: ['good', 'class', 'count', 'out', 'per', 'seed'],
    flags: [],
  })
  const { good, out, count = '10', per = '1', seed = '1' } = options
  if (positionals.length > 0) throw new UsageError(`unexpected ${positionals[0]}`)
  if (good === undefined) throw new UsageError('--good DIR names the folder of good captures')
  if (out === undefined) throw new UsageError('--out DIR names where images and masks go')
  const classes = (options.class ?? 'scratch,stain').split(',').map(name => {
    const known = RENDERED_CLASSES.find(each => each === name.trim())
    if (known === undefined) throw new UsageError(`--class knows ${RENDERED_CLASSES.join(', ')}; not "${name}"`)
    return known
  })
  const whole = (name: string, text: string) => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < 1) throw new UsageError(`--${name} is a whole number from 1`)
    return value
  }
  return { good, out, classes, count: whole('count', count), per: whole('per', per), seed }
}

interface Good {
  readonly path: string
  readonly picture: Awaited<ReturnType<typeof load>>
  readonly screen: Screen
  readonly pattern: ReturnType<typeof readName>['pattern']
  readonly classes: readonly RenderedClass[]
}

/** Captures that can be read, show their screen, and can show one of the wished classes; the others are named on stderr. */
async function usable(wish: Wish, io: CommandIo): Promise<Omit<Good, 'picture' | 'screen'>[]> {
  const out: Omit<Good, 'picture' | 'screen'>[] = []
  for (const { path, problem } of await listCaptures([wish.good])) {
    const { pattern } = readName(path)
    const classes = wish.classes.filter(name => classesOn(pattern).includes(name))
    try {
      if (problem !== undefined) throw new ProblemError(problem)
      if (classes.length === 0)
        io.err(`mw-edge synth: left out: ${path}: a ${pattern} capture shows none of the wished classes\n`)
      else {
        findScreen(await load(path, path), pattern, path)
        out.push({ path, pattern, classes })
      }
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      io.err(`mw-edge synth: left out: ${error.problem.code} ${describe(error.problem).en}\n`)
    }
  }
  return out
}

async function makeOne(wish: Wish, { path, pattern, classes }: Omit<Good, 'picture' | 'screen'>, index: number) {
  const picture = await load(path, path)
  const screen = findScreen(picture, pattern, path)
  const random = createRandom(`${wish.seed}/${index}`)
  const defects = Array.from({ length: wish.per }, (): DefectRequest => ({ class: random.pick(classes) }))
  const [left, top, right, low] = judgedBox(screen)
  const { width, height } = picture
  const { pixels, mask, objects } = pasteDefects({
    ...picture,
    pattern,
    seed: `${wish.seed}/${index}/defects`,
    defects,
    inside: (x, y) => x >= 0 && y >= 0 && x < width && y < height && isJudged(screen, x, y),
    box: [left, top, right - left + 1, low - top + 1],
  })
  const stem = basename(path, extname(path)).replace(new RegExp(`_${pattern}$`, 'i'), '')
  const name = `${stem}-s${String(index + 1).padStart(4, '0')}_${pattern}.png`
  await writeFile(join(wish.out, name), await encodePng(pixels, width, height))
  await writeFile(join(wish.out, 'masks', name), await encodeMask(mask, width, height))
  return { image: name, mask: `masks/${name}`, source: path, pattern, synthetic: true, defects: objects }
}
