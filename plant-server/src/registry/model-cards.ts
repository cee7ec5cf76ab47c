/** The models that came with the suite, by their cards: `models/NAME/card.json` beside the file it names. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ModelInfo, parseJson, parser } from '@millwright/contract'
import { Type } from 'typebox'

/** Folder of the models package. */
export const MODELS = fileURLToPath(new URL('../../../models', import.meta.url))

/** What all cards have in common, whatever their kind. */
const Card = Type.Object({
  name: Type.String(),
  version: Type.Union([Type.Integer(), Type.String()]),
  task: Type.String(),
  file: Type.String({ pattern: '^[A-Za-z0-9._-]+$' }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  metrics: Type.Record(Type.String(), Type.Unknown()),
  limits: Type.Array(Type.String()),
})
const card = parser(Card)

/** Cards whose file is the one they name; others are told to `onFault` and left out. */
export async function readModelCards(
  folder: string,
  onFault: (place: string, detail: string) => void,
): Promise<ModelInfo[]> {
  const found: ModelInfo[] = []
  const names = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory()) continue
    const text = await readFile(join(folder, entry.name, 'card.json'), 'utf8').catch(() => undefined)
    if (text === undefined) continue
    const place = `${entry.name}/card.json`
    const parsed = parseJson(card, text, place)
    if (!parsed.ok) {
      onFault(place, parsed.fault.map(fault => `${fault.place} ${fault.values?.detail ?? ''}`).join('; '))
      continue
    }
    const { name, version, task, file, sha256, metrics, limits } = parsed.value
    const content = await readFile(join(folder, entry.name, file)).catch(() => undefined)
    if (content === undefined || createHash('sha256').update(content).digest('hex') !== sha256)
      onFault(`${entry.name}/${file}`, content === undefined ? 'is missing' : 'is not the file that the card names')
    else found.push({ name, version: String(version), kind: task, sha256, metrics, limits })
  }
  return found
}
