/** The plant's truth logs against everything that the server holds. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { readTruthLog } from '@millwright/fixtures'
import { compareTag, type Figures, noFigures, type Offered, windowsOf } from './compare.ts'
import { CONNECTED, fullTag, nodeName } from './names.ts'
import type { Stored } from './stored.ts'

export interface CaptureFigures {
  readonly dropped: number
  /** Of them inspections that the server holds. */
  readonly stored: number
  lost: number
  doubled: number
  /** Inspected under another content, or whose image is not the file. */
  wrong: number
  /** The first of those that are lost, doubled or wrong. */
  readonly examples: string[]
}

export interface Verdict {
  readonly ok: boolean
  /** Values offered a second, on average. */
  readonly rate: number
  /** Connections of the agent to the plant. */
  readonly connections: number
  readonly values: Figures
  readonly captures: CaptureFigures
  /** Gaps that the agent counted. */
  readonly gapsCounted: number
}

/** The newest values may still be in the devices' hands when the plant stops, ms. */
const LAST_WORDS_MS = 3000
const MOST_EXAMPLES = 10

export async function compareAll(deps: {
  readonly folder: string
  readonly tags: number
  readonly stored: Stored
  readonly say: (text: string) => void
}): Promise<Verdict> {
  const { folder, tags, stored, say } = deps
  const links = [...readTruthLog(join(folder, 'links.jsonl'))].map(({ t, value }) => ({ t, up: value === CONNECTED }))
  const offered = new Map<string, Offered[]>(Array.from({ length: tags }, (_, index) => [nodeName(index), []]))
  for (const { tag, t, value } of readTruthLog(join(folder, 'values.jsonl')))
    offered.get(tag)?.push({ t, value: Number(value) })
  const first = offered.get(nodeName(0))!
  const windows = windowsOf(links, first.at(-1)!.t - LAST_WORDS_MS)
  say(`comparing ${first.length * tags} values in ${windows.length} windows`)
  const values = noFigures()
  for (let index = 0; index < tags; index += 1)
    compareTag(fullTag(index), offered.get(nodeName(index))!, windows, await stored.history(fullTag(index)), values)
  const captures = await compareCaptures(folder, stored)
  const seconds = (first.at(-1)!.t - first[0]!.t) / 1000
  const clean = [values.lost, values.doubled, values.wrong, values.bridged].every(count => count === 0)
  const whole = [captures.lost, captures.doubled, captures.wrong].every(count => count === 0)
  const gapsCounted = (await stored.agent())?.gaps ?? 0
  return {
    // A comparison of nothing proves nothing.
    ok: clean && whole && values.due > 0 && captures.dropped > 0 && gapsCounted > 0,
    rate: Math.round(values.offered / seconds),
    connections: links.filter(({ up }) => up).length,
    values,
    captures,
    gapsCounted,
  }
}

async function compareCaptures(folder: string, stored: Stored): Promise<CaptureFigures> {
  const dropped = [...readTruthLog(join(folder, 'captures.jsonl'))].map(({ tag, value }) => ({
    name: tag,
    sha256: String(value),
  }))
  const inspections = Map.groupBy(await stored.inspections(), each => each.line.image)
  const figures: CaptureFigures = {
    dropped: dropped.length,
    stored: [...inspections.values()].reduce((sum, list) => sum + list.length, 0),
    lost: 0,
    doubled: 0,
    wrong: 0,
    examples: [],
  }
  for (const { name, sha256 } of dropped) {
    const found = inspections.get(name) ?? []
    const count = (what: 'lost' | 'doubled' | 'wrong') => {
      figures[what] += 1
      if (figures.examples.length < MOST_EXAMPLES) figures.examples.push(`${what} ${name}`)
    }
    if (found.length === 0) count('lost')
    if (found.length > 1) count('doubled')
    if (found.some(each => each.sha256 !== sha256)) count('wrong')
    else if (found.length > 0) {
      const image = await stored.image(sha256)
      if (createHash('sha256').update(image).digest('hex') !== sha256) count('wrong')
    }
  }
  return figures
}
