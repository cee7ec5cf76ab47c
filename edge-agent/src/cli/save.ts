import { rename, writeFile } from 'node:fs/promises'
import { ProblemError } from '@millwright/contract'

/** The whole file or none of it. */
export async function save(path: string, text: string): Promise<void> {
  try {
    await writeFile(`${path}.part`, text)
    await rename(`${path}.part`, path)
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new ProblemError({ code: 'MW-0102', place: path, values: { detail } })
  }
}
