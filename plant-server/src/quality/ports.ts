/** What quality work needs of the stores. */
import type { Inspection, Lot, Review } from '@millwright/contract'

export interface InspectionScope {
  readonly lot?: string
  /** Taken at or after, ms. */
  readonly from?: number
  /** Taken before, ms. */
  readonly to?: number
}

export interface InspectionReader {
  get(id: string): Promise<Inspection | undefined>
  /** All that the scope holds, in the order they were taken. */
  select(scope: InspectionScope): Promise<readonly Inspection[]>
  /** Counts by lot, the lot with the newest capture first; `before`: lots whose newest capture is older than this. */
  lots(page: { limit: number; before?: number }): Promise<readonly Lot[]>
}

export interface ReviewWriter {
  /** Replaces the review of an inspection. */
  setReview(id: string, review: Review): Promise<void>
}

export interface Thumbnails {
  /** The image made at most `width` pixels wide as JPEG; undefined where there is none or it cannot be decoded. */
  jpeg(sha256: string, width: number): Promise<Buffer | undefined>
}
