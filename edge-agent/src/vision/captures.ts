import { readdir, stat } from 'node:fs/promises'
import type { Problem } from '@millwright/contract'

/** A path to inspect, or why there is nothing to inspect behind it. */
export interface Capture {
  readonly path: string
  readonly problem?: Problem
}

const IMAGE = /\.(png|jpe?g|webp|tiff?)$/i

/** The captures behind the paths given, in their order; a folder stands for its images in name order, named FOLDER/NAME. */
export async function listCaptures(paths: readonly string[]): Promise<Capture[]> {
  const lists = await Promise.all(paths.map(list))
  return lists.flat()
}

async function list(path: string): Promise<Capture[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [{ path }]
    const names = (await readdir(path)).filter(name => IMAGE.test(name)).sort()
    if (names.length === 0) return [{ path, problem: { code: 'MW-1024', place: path } }]
    return names.map(name => ({ path: `${path.replace(/[/\\]+$/, '')}/${name}` }))
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const detail = error instanceof Error ? error.message.replace(/,.*/, '') : String(error)
    return [
      {
        path,
        problem: missing ? { code: 'MW-1020', place: path } : { code: 'MW-1021', place: path, values: { detail } },
      },
    ]
  }
}
