import { setPriority } from 'node:os'

/** Weighs about a third of a thread that has not stepped back. */
const NICE = 5

/**
 * The calling thread lets others go first where processors are short: a starting agent must bring its values to the disk
 * while its networks are being loaded. Linux takes "this process" of setpriority(2) for the calling thread; elsewhere it is
 * the whole process, and nothing is done.
 */
export function giveWay(): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(NICE)
  } catch {
    // Not allowed here: it only goes on as it was.
  }
}
