/** Looks through the images now and then and removes those that the rules let go; what failed leaves a small picture. */
import type { Clock, Verdict } from '@millwright/contract'
import { type HeldImage, type ImageRules, imagesToRemove, worse } from '../domain/image-keeping.ts'
import type { ImageStore } from './images.ts'
import type { RecordsDb } from './records.ts'

export interface ImageRetentionDeps {
  readonly images: Pick<ImageStore, 'list' | 'remove' | 'get'>
  readonly db: RecordsDb
  readonly rules: ImageRules
  readonly clock: Clock
  readonly onRemoved: (count: number, bytes: number) => void
  readonly onFault: (error: unknown) => void
}

const EVERY_MS = 3_600_000
const THUMBNAIL = 320
const PREFIXES = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, '0'))
const END = 'g'

/** What is held, with the worst verdict of each image. */
async function heldImages({ images, db }: Pick<ImageRetentionDeps, 'images' | 'db'>): Promise<HeldImage[]> {
  const held: HeldImage[] = []
  for (const [index, prefix] of PREFIXES.entries()) {
    const files = await images.list(prefix)
    if (files.length === 0) continue
    const rows = await db
      .selectFrom('inspection')
      .select(['sha256', 't', 'verdict', 'review'])
      .where('sha256', '>=', prefix)
      .where('sha256', '<', PREFIXES[index + 1] ?? END)
      .execute()
    const named = Map.groupBy(rows, row => row.sha256)
    for (const { sha256, bytes, t } of files) {
      const its = named.get(sha256) ?? []
      const verdict = its.reduce<Verdict | undefined>(
        (sum, row) => worse(sum, worse(row.verdict as Verdict, truthOf(row.review))),
        undefined,
      )
      held.push({ sha256, bytes, t: its.length === 0 ? t : Math.max(...its.map(row => row.t)), verdict })
    }
  }
  return held
}

/** A part that a person called defective has failed, whatever the machine said. */
function truthOf(review: string | null): Verdict | undefined {
  if (review === null) return undefined
  return (JSON.parse(review) as { truth?: string }).truth === 'defective' ? 'fail' : undefined
}

/** One round; gives the images removed. */
export async function sweepImages(deps: ImageRetentionDeps): Promise<HeldImage[]> {
  const gone = imagesToRemove(await heldImages(deps), deps.rules, deps.clock.now())
  for (const { sha256, verdict } of gone) {
    // No picture can be made of what is no image: it goes all the same.
    if (verdict === 'fail' || verdict === 'review') await deps.images.get(sha256, THUMBNAIL).catch(() => undefined)
    await deps.images.remove(sha256)
  }
  if (gone.length > 0)
    deps.onRemoved(
      gone.length,
      gone.reduce((sum, { bytes }) => sum + bytes, 0),
    )
  return gone
}

/** Every hour; gives the function that stops it. */
export function keepImages(deps: ImageRetentionDeps): () => void {
  let busy = false
  return deps.clock.every(EVERY_MS, () => {
    if (busy) return
    busy = true
    void sweepImages(deps)
      .catch(deps.onFault)
      .finally(() => {
        busy = false
      })
  })
}
