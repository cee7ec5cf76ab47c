/** The documents a server begins with: of the folder its file names, else, for a demo, those of the sample plant. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config/schema.ts'
import { readKnowledgeFolder } from '../knowledge/read-folder.ts'

const SAMPLE = fileURLToPath(new URL('../../../fixtures/knowledge', import.meta.url))

/** Refuses with MW-0102 where a named folder cannot be read. */
export async function readKnowledge(config: Pick<Config, 'knowledge' | 'demo'>): Promise<ReadonlyMap<string, string>> {
  if (config.knowledge !== undefined) return readKnowledgeFolder(config.knowledge)
  return config.demo && existsSync(SAMPLE) ? readKnowledgeFolder(SAMPLE) : new Map()
}
