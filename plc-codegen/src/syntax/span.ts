/** A half-open range of offsets (UTF-16 units) in one text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A place for people: line and column count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Offsets at which lines begin. A line ends with LF, CRLF or a lone CR. */
export function lineStarts(text: string): number[] {
  const starts = [0]
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i)
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1)
  }
  return starts
}

/** The place of an offset, by binary search in `lineStarts`. */
export function positionAt(starts: readonly number[], offset: number): Position {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - starts[low]! + 1 }
}

/** A span that covers both. */
export function cover(from: Span, to: Span): Span {
  return { start: from.start, end: Math.max(from.end, to.end) }
}
