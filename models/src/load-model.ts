import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Parser, ProblemError, parseJson, parser } from '@millwright/contract'
import { FeatureCard, SegmentationCard } from './card.ts'

/** A model whose file is the one its card names. */
export interface LoadedModel<Card = SegmentationCard> {
  /** The .onnx file. */
  readonly path: string
  readonly card: Card
  /** `name@version`, as inspections carry it. */
  readonly id: string
}

const HOME = fileURLToPath(new URL('..', import.meta.url))
const segmentation = parser(SegmentationCard)
const features = parser(FeatureCard)

/**
 * Reads and verifies models/NAME: its card against the schema, its file against the card's SHA-256.
 * @throws ProblemError MW-1028 where the folder, card or file is missing or does not match.
 */
export function loadModel(name: string, home = HOME): Promise<LoadedModel> {
  return verified(segmentation, name, home)
}

/** As `loadModel`, for a network of features. */
export function loadFeatureModel(name: string, home = HOME): Promise<LoadedModel<FeatureCard>> {
  return verified(features, name, home)
}

async function verified<Card extends SegmentationCard | FeatureCard>(
  cards: Parser<Card>,
  name: string,
  home: string,
): Promise<LoadedModel<Card>> {
  const folder = resolve(home, name)
  if (!/^[A-Za-z0-9._-]+$/.test(name) || folder === resolve(home)) throw broken(name, 'not a model name')
  const text = await read(join(folder, 'card.json'), name)
  const parsed = parseJson(cards, text.toString('utf8'), `${name}/card.json`)
  if (!parsed.ok) throw broken(`${name}/card.json`, parsed.fault.map(p => `${p.place}: ${p.values?.detail}`).join('; '))
  const card = parsed.value
  const path = join(folder, card.file)
  const found = createHash('sha256')
    .update(await read(path, name))
    .digest('hex')
  if (found !== card.sha256)
    throw broken(
      `${name}/${card.file}`,
      `SHA-256 is ${found.slice(0, 12)}…, the card says ${card.sha256.slice(0, 12)}…`,
    )
  return { path, card, id: `${card.name}@${card.version}` }
}

async function read(path: string, name: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    throw broken(name, error instanceof Error ? error.message.replace(/,.*/, '') : String(error))
  }
}

function broken(place: string, detail: string): ProblemError {
  return new ProblemError({ code: 'MW-1028', place, values: { detail } })
}
