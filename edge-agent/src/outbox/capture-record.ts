/** Which capture files are done; written by the outbox in the same transaction as their inspection. */
import type { Db } from './database.ts'

export interface CaptureRecord {
  /** Is this very file (name, size, time) done? */
  has(source: string, name: string, size: number, modified: number): boolean
  /** Has the file of this name and content been done, whatever its time? */
  hasContent(source: string, name: string, sha256: string): boolean
}

export function createCaptureRecord(db: Db): CaptureRecord {
  const exact = db.pluck('SELECT 1 FROM captures WHERE source = ? AND name = ? AND size = ? AND modified = ?')
  const content = db.pluck('SELECT 1 FROM captures WHERE source = ? AND name = ? AND sha256 = ?')
  return {
    has: (source, name, size, modified) => exact.get(source, name, size, modified) !== undefined,
    hasContent: (source, name, sha256) => content.get(source, name, sha256) !== undefined,
  }
}
