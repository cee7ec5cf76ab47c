import { basename, extname } from 'node:path'
import { PATTERNS, type Pattern } from '@millwright/contract'

export interface CaptureName {
  readonly panel: string
  readonly pattern: Pattern
}

/**
 * Panel and pattern from a file name: PANEL_PATTERN.ext, divided at the last `_`; any other name is a surface capture
 * of its own. A recipe's rule is a regular expression with the groups `panel` and `pattern`.
 */
export function readName(path: string, rule?: string): CaptureName {
  const stem = basename(path, extname(path))
  const match = new RegExp(rule ?? '^(?<panel>.+)_(?<pattern>[^_]+)$', 'u').exec(stem)
  const pattern = PATTERNS.find(name => name === match?.groups?.pattern?.toLowerCase())
  const panel = match?.groups?.panel
  return pattern === undefined || panel === undefined ? { panel: stem, pattern: 'surface' } : { panel, pattern }
}
