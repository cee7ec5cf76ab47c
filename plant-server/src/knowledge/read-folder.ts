/** Texts of the documents in a folder, by file name; README.md and other files are passed over. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ProblemError } from '@millwright/contract'

const MOST_BYTES = 2_000_000

/** Refuses with MW-0102 where the folder cannot be read. */
export async function readKnowledgeFolder(folder: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  try {
    for (const file of (await readdir(folder)).filter(name => /\.(zh|en)\.md$/.test(name)).sort()) {
      const text = await readFile(join(folder, file), 'utf8')
      if (text.length <= MOST_BYTES) texts.set(file, text)
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new ProblemError({ code: 'MW-0102', place: folder, values: { detail } })
  }
  return texts
}
