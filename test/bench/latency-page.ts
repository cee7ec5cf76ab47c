/** What a page shows and when, watched from inside the page itself: functions that are sent into it. */

export interface Watched {
  /** ms from a value's source time to the animation frame in which the document shows it. */
  readonly latencies: number[]
  /** ms between two animation frames. */
  readonly frames: number[]
  /** ms since navigation began when every row in view first had a value. */
  readonly firstValues: number | undefined
}

/** What is used of a browser; the room's own programs run in Node. */
interface Cell {
  readonly dataset: { readonly tag?: string }
  querySelector(selector: string): { readonly textContent: string | null } | null
}
interface Box {
  scrollTop: number
  readonly scrollHeight: number
  readonly clientHeight: number
}
declare const document: {
  querySelectorAll(selector: string): Iterable<Cell>
  querySelector(selector: string): Box | null
}
declare function requestAnimationFrame(run: () => void): void

interface Watching {
  latencies: number[]
  frames: number[]
  firstValues: number | undefined
  measuring: boolean
}
declare global {
  var mwWatched: Watching | undefined
}

/** Runs in the page from its very beginning. Values are the ms since `base` at which they were set. */
export function watchValues(base: number): void {
  const watched: Watching = {
    latencies: [],
    frames: [],
    firstValues: undefined,
    measuring: false,
  }
  globalThis.mwWatched = watched
  const shown = new Map<string, string>()
  let before: number | undefined
  const look = () => {
    const at = performance.now()
    if (before !== undefined && watched.measuring) watched.frames.push(at - before)
    before = at
    const cells = [...document.querySelectorAll('[data-testid="tag-value"]')]
    let filled = cells.length > 0
    for (const cell of cells) {
      const tag = cell.dataset.tag ?? ''
      const text = cell.querySelector('.mw-number')?.textContent ?? ''
      const digits = text.replaceAll(/[^\d.]/g, '')
      if (digits === '') {
        filled = false
        continue
      }
      const known = shown.get(tag)
      if (known === text) continue
      shown.set(tag, text)
      // A row that has just come into view shows what was there before; what the agent says of itself is no time.
      if (known !== undefined && watched.measuring && tag.includes('/value_')) {
        const latency = performance.timeOrigin + at - base - Number(digits)
        watched.latencies.push(latency)
      }
    }
    if (filled) watched.firstValues ??= at
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** Scrolls the table by a share of its view a frame, down and up again, for so long. */
export async function scrollTable(ms: number): Promise<void> {
  const box = document.querySelector('section:has(> table[aria-rowcount])')
  if (box === null) throw new Error('no table')
  const end = performance.now() + ms
  let step = box.clientHeight / 4
  await new Promise<void>(done => {
    const move = () => {
      box.scrollTop += step
      if (box.scrollTop + box.clientHeight >= box.scrollHeight - 1) step = -Math.abs(step)
      if (box.scrollTop <= 0) step = Math.abs(step)
      if (performance.now() < end) requestAnimationFrame(move)
      else done()
    }
    requestAnimationFrame(move)
  })
}
