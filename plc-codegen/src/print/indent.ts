import type { Piece } from './spacing.ts'

const pous = new Set([
  'FUNCTION',
  'FUNCTION_BLOCK',
  'PROGRAM',
  'CLASS',
  'ORGANIZATION_BLOCK',
  'CONFIGURATION',
  'DATA_BLOCK',
])
const members = new Set(['METHOD', 'PROPERTY', 'ACTION', 'INTERFACE', 'NAMESPACE', 'REGION'])
const blocks = new Set(['IF', 'CASE', 'FOR', 'WHILE', 'REPEAT', 'STRUCT', 'UNION', 'TYPE'])
const section = /^VAR(?:_[A-Z_]+)?$/
const finish = new Set([';', 'THEN', 'DO', 'OF', 'ELSE', 'REPEAT'])

interface Open {
  readonly word: string
  /** Levels that its content is indented by. */
  readonly width: number
  /** Inside a CASE: a label has been seen, so that statements stand one level deeper. */
  labelled: boolean
}

/** Follows the blocks of a text line by line and tells how deep each line stands. */
export function createIndenter() {
  const open: Open[] = []
  let brackets = 0
  let unfinished = false

  const depth = () => open.reduce((sum, each) => sum + each.width + (each.labelled ? 1 : 0), 0)
  const top = () => open.at(-1)
  const isPou = (word: string | undefined) =>
    word !== undefined && (pous.has(word) || word === 'METHOD' || word === 'ACTION')

  const startsLabel = (line: readonly Piece[]): boolean => {
    if (top()?.word !== 'CASE' || unfinished) return false
    for (const piece of line) {
      if (piece.upper === ':') return true
      if (
        piece.kind === 'comment' ||
        piece.kind === 'integer' ||
        piece.kind === 'typed' ||
        piece.kind === 'name' ||
        piece.kind === 'string'
      )
        continue
      if (
        piece.upper !== ',' &&
        piece.upper !== '..' &&
        piece.upper !== '.' &&
        piece.upper !== '-' &&
        piece.upper !== 'TRUE' &&
        piece.upper !== 'FALSE'
      )
        return false
    }
    return false
  }

  return {
    inDeclarations: () =>
      open.some(
        each => section.test(each.word) || each.word === 'STRUCT' || each.word === 'UNION' || each.word === 'TYPE',
      ),

    indentOf(line: readonly Piece[]): number {
      const first = line.find(each => each.kind !== 'comment' && each.kind !== 'pragma')?.upper ?? ''
      const level = depth()
      if (brackets > 0 || unfinished) return level + 1
      const inner = top()
      if (first.startsWith('END_') && inner !== undefined && section.test(inner.word) && inner.width === 0)
        return Math.max(0, level - 1)
      if (first.startsWith('END_')) return Math.max(0, level - (inner?.width ?? 0) - (inner?.labelled ? 1 : 0))
      if (first === 'ELSE' || first === 'ELSIF' || first === 'UNTIL')
        return Math.max(0, level - (inner?.width ?? 0) - (inner?.labelled ? 1 : 0))
      if (section.test(first) && isPou(inner?.word)) return level - 1
      if (startsLabel(line)) return inner?.labelled ? level - 1 : level
      return level
    },

    take(line: readonly Piece[]): void {
      let header = false
      if (startsLabel(line) && top() !== undefined) top()!.labelled = true
      line.forEach((piece, i) => {
        if (piece.kind === 'comment' || piece.kind === 'pragma') return
        const { upper } = piece
        if (upper === '(' || upper === '[') brackets += 1
        if (upper === ')' || upper === ']') brackets = Math.max(0, brackets - 1)
        const isMember = members.has(upper) && piece.kind === 'name' && !unfinished && line[i + 1]?.kind === 'name'
        if (upper.startsWith('END_')) {
          const last = open.pop()
          // A METHOD's end may be missing where an interface ends.
          if (last?.word === 'METHOD' && upper === 'END_INTERFACE') open.pop()
          unfinished = false
          brackets = 0
        } else if (upper === 'ELSE' && top()?.word === 'CASE') {
          top()!.labelled = false
          unfinished = false
        } else if (pous.has(upper) || isMember) {
          open.push({ word: upper, width: 1, labelled: false })
          header = true
        } else if (section.test(upper) && piece.kind === 'keyword') {
          open.push({ word: upper, width: isPou(top()?.word) ? 0 : 1, labelled: false })
          header = true
        } else if (blocks.has(upper) && piece.kind === 'keyword') {
          open.push({ word: upper, width: 1, labelled: false })
          unfinished = upper !== 'REPEAT' && upper !== 'STRUCT' && upper !== 'UNION' && upper !== 'TYPE'
        } else if (finish.has(upper) && !(upper === 'OF' && top()?.word !== 'CASE')) {
          unfinished = false
        } else if (upper === ':' && top()?.word === 'CASE' && brackets === 0) {
          unfinished = false
        } else {
          unfinished = upper !== ';'
        }
      })
      if (header) {
        unfinished = false
        brackets = 0
      }
    },
  }
}
