import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../journeys/support/plant.ts'
import { type BenchOptions, skipped } from '../row.ts'

/** A folder of its own that goes when the row is over. */
export function temporaryFolder(name: string, { defer }: Pick<BenchOptions, 'defer'>): string {
  const folder = mkdtempSync(join(tmpdir(), `mw-bench-${name}-`))
  // Retried: a process that is just ending may still write.
  defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))
  return folder
}

/** Data beside the project, used in place; the row is skipped where it is absent. */
export function sharedData(...path: string[]): string {
  const folder = join(root, '..', 'shared', 'data', ...path)
  if (!existsSync(folder)) throw skipped('MW-0102', `cannot be read: ${['..', 'shared', 'data', ...path].join('/')}`)
  return folder
}
