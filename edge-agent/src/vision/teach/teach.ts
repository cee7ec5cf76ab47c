import { type JudgedLine, type Problem, ProblemError, type Recipe } from '@millwright/contract'
import type { Capture } from '../captures.ts'
import { type InspectParts, inspectImage } from '../inspect.ts'
import { load } from '../load.ts'
import { readName } from '../naming.ts'
import type { Face } from '../part/face.ts'
import { type OverkillPromise, promiseOf } from './promise.ts'
import { scaleFor, seeFace, teachPart } from './teach-part.ts'
import { openRules, teachScreen } from './teach-screen.ts'

/** Features of a part's face. */
const FEATURES = 'part-features'
/** Captures that show by their screens what kind of part is taught. */
const LOOKED_AT = 12
/** Captures that may be unusable before teaching is refused. */
const MOST_UNUSABLE = 0.2
export const LEAST_PARTS = 5

export interface Taught {
  readonly recipe: Recipe
  readonly parts: number
  readonly captures: number
  readonly promise: OverkillPromise
  readonly unusable: readonly Problem[]
}

export interface TeachOptions {
  /** Share of good parts that may be refused. */
  readonly wish: number
  readonly id: string
  /** Called after each capture. */
  readonly progress?: (done: number, of: number) => void
  readonly signal?: AbortSignal
}

/** Fits a recipe to good captures: thresholds where there is a screen, a guard over the whole face where there is none. */
export async function teach(
  parts: InspectParts,
  captures: readonly Capture[],
  base: Recipe,
  options: TeachOptions,
): Promise<Taught> {
  const recipe: Recipe = { ...base, id: options.id, version: 1 }
  const screen = await hasScreen(parts, captures, recipe)
  return screen ? onScreens(parts, captures, recipe, options) : onFaces(parts, captures, recipe, options)
}

/** Is what most captures show a screen? Names that carry a pattern say so; else the pictures do. */
async function hasScreen(parts: InspectParts, captures: readonly Capture[], recipe: Recipe): Promise<boolean> {
  if (captures.some(({ path }) => readName(path, recipe.naming?.pattern).pattern !== 'surface')) return true
  const step = Math.max(1, Math.floor(captures.length / LOOKED_AT))
  const some = captures.filter((_, i) => i % step === 0)
  let seen = 0
  for (const { path } of some) {
    const found = await inspectImage(parts, path, path, recipe).then(
      () => true,
      () => false,
    )
    if (found) seen += 1
  }
  return seen > 0.7 * some.length
}

async function onScreens(
  parts: InspectParts,
  captures: readonly Capture[],
  recipe: Recipe,
  options: TeachOptions,
): Promise<Taught> {
  const lines: JudgedLine[] = []
  const unusable = await each(captures, options, async path => {
    lines.push(await inspectImage(parts, path, path, openRules(recipe)))
  })
  const panels = [...Map.groupBy(lines, line => line.panel).values()]
  enough(panels.length, unusable)
  const taught = teachScreen(recipe, panels, options.wish)
  const promise = promiseOf(panels.length, taught.refused, options.wish)
  return { recipe: taught.recipe, parts: panels.length, captures: captures.length, promise, unusable }
}

async function onFaces(
  parts: InspectParts,
  captures: readonly Capture[],
  recipe: Recipe,
  options: TeachOptions,
): Promise<Taught> {
  const features = await parts.features(FEATURES)
  const sizes: { width: number; height: number }[] = []
  for (const { path } of captures.slice(0, LOOKED_AT)) {
    const picture = await load(path, path).catch(() => undefined)
    if (picture !== undefined) sizes.push(picture)
  }
  const scale = sizes.length === 0 ? 1 : scaleFor(sizes)
  const faces: Face[] = []
  const unusable = await each(captures, options, async path => {
    faces.push(await seeFace(features, await load(path, path), scale))
  })
  enough(faces.length, unusable)
  const { guard, refused } = teachPart(faces, FEATURES, scale, options.wish)
  const promise = promiseOf(faces.length, refused, options.wish)
  const rules = recipe.rules.map(rule => (rule.class === 'unknown' ? { ...rule, minScore: 0.5, failScore: 0.6 } : rule))
  return {
    recipe: { ...recipe, rules, part: guard },
    parts: faces.length,
    captures: captures.length,
    promise,
    unusable,
  }
}

/** Does the work for each capture; one that cannot be used is noted, too many end it. */
async function each(captures: readonly Capture[], options: TeachOptions, work: (path: string) => Promise<void>) {
  const unusable: Problem[] = []
  for (const [i, { path, problem }] of captures.entries()) {
    options.signal?.throwIfAborted()
    try {
      if (problem !== undefined) throw new ProblemError(problem)
      await work(path)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      unusable.push(error.problem)
      if (unusable.length > Math.max(2, MOST_UNUSABLE * captures.length)) throw error
    }
    options.progress?.(i + 1, captures.length)
  }
  return unusable
}

function enough(parts: number, unusable: readonly Problem[]): void {
  if (parts >= LEAST_PARTS) return
  const first = unusable[0] === undefined ? '' : `; first fault: ${unusable[0].code} ${unusable[0].place ?? ''}`
  throw new ProblemError({
    code: 'MW-1027',
    place: 'teach',
    values: { detail: `${parts} good parts, at least ${LEAST_PARTS} are needed${first}` },
  })
}
