/** The pace of the page: values go on screen with the next frame, and less often on a machine that needs long to draw. */

export interface Screen {
  /** ms, monotonic. */
  now(): number
  /** Runs before the next frame is drawn; soon, where nothing is drawn because the page is hidden. */
  frame(run: () => void): void
  later(ms: number, run: () => void): void
}

/** A frame at 60 Hz: what drawing nothing takes. */
const FRAME_MS = 17
/** Drawing takes at most half of the time. */
const REST = 1
/** One frame that came late for another's sake must not make the next values old. */
const MOST_REST_MS = 100

export function createPicture(screen: Screen): (draw: () => void) => void {
  let notBefore = Number.NEGATIVE_INFINITY
  return draw => {
    const picture = () =>
      screen.frame(() => {
        const begin = screen.now()
        draw()
        // The next frame begins when this one is drawn.
        screen.frame(() => {
          const end = screen.now()
          notBefore = end + Math.min(MOST_REST_MS, REST * Math.max(0, end - begin - FRAME_MS))
        })
      })
    const rest = notBefore - screen.now()
    if (rest > 0) screen.later(rest, picture)
    else picture()
  }
}

/** A hidden page gets no frames: then, and where it is hidden meanwhile, a timer stands in. */
export const browserScreen: Screen = {
  now: () => performance.now(),
  frame(run) {
    let done = false
    const once = () => {
      if (done) return
      done = true
      run()
    }
    if (document.hidden) queueMicrotask(once)
    else {
      requestAnimationFrame(once)
      setTimeout(once, 1000)
    }
  },
  later: (ms, run) => void setTimeout(run, ms),
}
