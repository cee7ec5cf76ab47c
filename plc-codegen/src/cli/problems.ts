import { problemsPage } from '../problems/page.ts'
import type { Io } from './command-line.ts'

/** `mw-plc problems`: the page of all problem codes. */
export async function run(_argv: readonly string[], io: Io): Promise<number> {
  io.out(problemsPage())
  return 0
}
