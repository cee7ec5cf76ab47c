import {
  type GoldenMark,
  type JudgedLine,
  type PartGuard,
  type Pattern,
  ProblemError,
  type Recipe,
} from '@millwright/contract'
import { checkPattern, checkSharpness } from './capture-check.ts'
import type { Finding } from './finding.ts'
import { isGolden, markOf, offFrom } from './golden/golden.ts'
import { load } from './load.ts'
import { locate, type Screen } from './locate.ts'
import { readName } from './naming.ts'
import type { Features } from './part/face.ts'
import { findOnPart } from './part/find-on-part.ts'
import { type Guard, unpack } from './part/guard.ts'
import { findOnPattern } from './pattern/find-on-pattern.ts'
import { type Picture, release } from './picture.ts'
import { reason } from './reasons.ts'
import { reclassify } from './refit/reclassify.ts'
import { type Judgement, judge } from './rules.ts'
import { type Network, segment } from './segment.ts'
import { findOnSurface } from './surface.ts'
import { straighten } from './upright.ts'

export interface InspectParts {
  readonly network: Network
  /** Opens the features network of taught parts; the same one at every call. */
  readonly features: (name: string) => Promise<Features>
  /** Milliseconds of a steady clock. */
  readonly clock: () => number
}

/**
 * Inspects one capture: decode, locate, look (network on a surface, analytic checks on a lit pattern), judge.
 * @throws ProblemError where it cannot be judged (MW-1020 to MW-1026).
 */
export async function inspectImage(
  parts: InspectParts,
  source: string | Uint8Array,
  name: string,
  recipe: Recipe,
): Promise<JudgedLine> {
  const watch = stopwatch(parts.clock)
  const picture = await load(source, name)
  try {
    return await judgePicture(parts, picture, name, recipe, watch)
  } finally {
    release(picture)
  }
}

/** From the decoded picture to its line; `watch` has run since before it was decoded. */
async function judgePicture(
  parts: InspectParts,
  picture: Picture,
  name: string,
  recipe: Recipe,
  watch: ReturnType<typeof stopwatch>,
): Promise<JudgedLine> {
  const { panel, pattern } = readName(name, recipe.naming?.pattern)
  const decode = watch.lap()
  const screen = recipe.part === undefined ? findScreen(picture, pattern, name) : undefined
  const place = watch.lap()
  const golden = recipe.golden?.find(mark => mark.pattern === pattern)
  if (screen !== undefined && golden !== undefined && isGolden(panel)) {
    const off = offFrom(markOf(picture, screen, pattern), golden)
    const judged = {
      verdict: off.length === 0 ? ('pass' as const) : ('fail' as const),
      score: off.length === 0 ? 0 : 1,
      defects: [],
      reasons: off.length === 0 ? [reason('aoi.golden_good', { pattern })] : off,
    }
    return lineOf(judged, { decode, locate: place, infer: watch.lap(), rules: 0 })
  }
  const findings =
    screen === undefined
      ? await lookAtPart(parts, picture, recipe.part!)
      : reclassify(await look(parts.network, picture, screen, pattern, recipe), recipe, picture.width, picture.height)
  const infer = watch.lap()
  const judged = judge(findings, recipe, picture.width * picture.height)
  const rules = watch.lap()
  return lineOf(judged, { decode, locate: place, infer, rules })

  function lineOf(of: Judgement, ms: Omit<JudgedLine['ms'], 'total'>): JudgedLine {
    return {
      image: name,
      panel,
      pattern,
      width: picture.width,
      height: picture.height,
      ...of,
      ms: { ...ms, total: watch.total() },
      model: recipe.part === undefined ? parts.network.id : recipe.part.model,
      recipe: `${recipe.id}@${recipe.version}`,
    }
  }
}

/** What the golden sample looks like in a capture, to be learnt. @throws ProblemError as `inspectImage`. */
export async function seeGolden(source: string, name: string, recipe: Recipe): Promise<GoldenMark> {
  const picture = await load(source, name)
  try {
    const { pattern } = readName(name, recipe.naming?.pattern)
    return markOf(picture, findScreen(picture, pattern, name), pattern)
  } finally {
    release(picture)
  }
}

/** What is seen on a capture of a screen, before rules and reviews are heard. @throws ProblemError as `inspectImage`. */
export async function seeImage(parts: InspectParts, source: string, name: string, recipe: Recipe) {
  const picture = await load(source, name)
  try {
    const { pattern } = readName(name, recipe.naming?.pattern)
    const screen = findScreen(picture, pattern, name)
    const findings = await look(parts.network, picture, screen, pattern, recipe)
    return { findings, width: picture.width, height: picture.height }
  } finally {
    release(picture)
  }
}

/** The screen, sharp and showing what the name says; otherwise a person has to look. */
export function findScreen(picture: Picture, pattern: Pattern, name: string): Screen {
  const located = locate(picture, pattern)
  const fault = located.found
    ? (checkPattern(picture, located.screen, pattern) ?? checkSharpness(located.screen))
    : reason('aoi.not_found', { why: located.why })
  if (fault !== undefined || !located.found) {
    throw new ProblemError({ code: 'MW-1025', place: name, values: { detail: fault?.text.en ?? '' } })
  }
  return located.screen
}

/** The last guard that was unpacked: a worker has one recipe for long. */
let unpacked: { readonly id: string; readonly guard: Guard } | undefined

async function lookAtPart(parts: InspectParts, picture: Picture, taught: PartGuard): Promise<Finding[]> {
  if (unpacked?.id !== taught.id) unpacked = { id: taught.id, guard: unpack(taught) }
  return findOnPart(await parts.features(taught.model), unpacked.guard, taught, picture)
}

async function look(
  network: Network,
  picture: Picture,
  screen: Screen,
  pattern: Pattern,
  recipe: Recipe,
): Promise<Finding[]> {
  if (pattern !== 'surface') return lookAtLit(picture, screen, pattern, recipe)
  return findOnSurface(picture, screen, places => segment(network, picture, places))
}

/** The checks of a lit pattern follow a small turn; a screen turned further is turned upright for them (of a checkerboard, pixels alone count). */
function lookAtLit(picture: Picture, screen: Screen, pattern: Pattern, recipe: Recipe): Finding[] {
  const upright = pattern === 'checker' ? undefined : straighten(picture, screen)
  if (upright === undefined) return findOnPattern(picture, screen, pattern, recipe)
  const located = locate(upright.picture, pattern)
  if (!located.found) return findOnPattern(picture, screen, pattern, recipe)
  const findings = findOnPattern(upright.picture, located.screen, pattern, recipe)
  return findings.map(found => ({ ...found, bbox: upright.back(found.bbox) }))
}

/** Laps in ms, to a hundredth. */
function stopwatch(clock: () => number) {
  const start = clock()
  let last = start
  const shown = (ms: number) => Math.round(ms * 100) / 100
  return {
    lap() {
      const now = clock()
      const spent = now - last
      last = now
      return shown(spent)
    },
    total: () => shown(clock() - start),
  }
}
