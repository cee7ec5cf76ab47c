import type { Problem } from '../problems.ts'

/**
 * The end of the comment that starts at `at`. Block comments nest (third edition, 6.1.5). Older texts hold a stray `(*`
 * inside a comment: where nesting would swallow the rest of the text, the first end mark closes it instead.
 */
export function scanComment(text: string, at: number, problems: Problem[]): number {
  if (text.startsWith('//', at)) {
    let end = at
    while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end += 1
    return end
  }
  if (text.startsWith('(/*', at)) return closed(text, at, '*/)', 3, problems)
  const [open, close] = text.startsWith('(*', at) ? ['(*', '*)'] : ['/*', '*/']
  const first = text.indexOf(close, at + 2)
  if (first < 0) return unclosed(text, at, problems)
  let depth = 1
  let from = at + 2
  while (depth > 0) {
    const end = text.indexOf(close, from)
    if (end < 0) {
      problems.push({ code: 'ST105', span: { start: at, end: at + 2 }, values: {} })
      return first + 2
    }
    const inner = text.indexOf(open, from)
    if (inner >= 0 && inner < end) {
      depth += 1
      from = inner + 2
    } else {
      depth -= 1
      from = end + 2
    }
  }
  return from
}

/** The end of a pragma or attribute list in braces. */
export function scanPragma(text: string, at: number, problems: Problem[]): number {
  return closed(text, at, '}', 1, problems)
}

function closed(text: string, at: number, mark: string, skip: number, problems: Problem[]): number {
  const end = text.indexOf(mark, at + skip)
  return end < 0 ? unclosed(text, at, problems) : end + mark.length
}

function unclosed(text: string, at: number, problems: Problem[]): number {
  problems.push({ code: 'ST102', span: { start: at, end: at + 2 }, values: {} })
  return text.length
}
