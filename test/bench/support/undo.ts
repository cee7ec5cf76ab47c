/** Work to undo when a row is over or the run is broken off: processes ended, folders removed. */
export interface Undo {
  readonly defer: (undo: () => void | Promise<void>) => void
  /** Undoes everything, newest first; what fails does not keep the rest. */
  all(): Promise<void>
}

export function createUndo(): Undo {
  const waiting: (() => void | Promise<void>)[] = []
  return {
    defer: undo => void waiting.push(undo),
    async all() {
      for (let undo = waiting.pop(); undo !== undefined; undo = waiting.pop()) {
        try {
          await undo()
        } catch (error) {
          process.stderr.write(`cleaning up: ${error instanceof Error ? error.message : String(error)}\n`)
        }
      }
    },
  }
}
