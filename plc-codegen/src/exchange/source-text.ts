/** The author's own text of declarations and bodies, comments and pragmas included, for formats that carry text. */
import type { Parsed } from '../syntax/parser.ts'
import type { Span } from '../syntax/span.ts'
import type { Item, Pou, Property, Section } from '../syntax/tree.ts'

export interface Source {
  readonly text: string
  readonly parsed: Parsed
}

/** Behind the head of a unit: its name, type, bases and a semicolon on the same line. */
function headEnd(source: Source, pou: Pou): number {
  const ends = [pou.name.span.end, pou.returns?.span.end ?? 0, pou.extends?.span.end ?? 0]
  const end = Math.max(...ends, ...pou.implements.map(each => each.span.end))
  const behind = /^[ \t]*[;:]/.exec(source.text.slice(end, end + 20))
  return end + (behind?.[0].length ?? 0)
}

const sectionsEnd = (sections: readonly Section[], from: number) =>
  sections.reduce((end, each) => Math.max(end, each.span.end), from)

/** Where the word that ends a unit stands. */
function endStart(source: Source, span: Span): number {
  const { tokens } = source.parsed
  let last = tokens.length - 1
  // Tokens are in order: the last one inside the span, by halves.
  for (let low = 0, high = tokens.length - 1; low <= high; ) {
    const middle = (low + high) >> 1
    if (tokens[middle]!.end <= span.end && tokens[middle]!.kind !== 'end') {
      last = middle
      low = middle + 1
    } else high = middle - 1
  }
  if (tokens[last]!.upper === ';' && tokens[last - 1]?.upper.startsWith('END_')) last -= 1
  return tokens[last]!.upper.startsWith('END_') ? tokens[last]!.start : span.end
}

/** Head and sections of a unit as written, without members that stand between them. */
export function declarationText(source: Source, pou: Pou, lead = ''): string {
  const end = sectionsEnd(pou.sections, headEnd(source, pou))
  const text = without(source.text, { start: pou.span.start, end }, membersOf(pou))
  return `${lead}${undent(text)}`
}

/** The statements of a unit as written. */
export function bodyText(source: Source, pou: Pou): string {
  const start = sectionsEnd(pou.sections, headEnd(source, pou))
  return undent(without(source.text, { start, end: endStart(source, pou.span) }, membersOf(pou)))
}

/** The statements of a property's getter or setter as written. */
export function accessorText(source: Source, part: NonNullable<Property['get']>): string {
  const first = part.body[0]
  const last = part.body.at(-1)
  return first === undefined ? '' : undent(source.text.slice(first.span.start, last!.span.end))
}

/** Comments and pragmas between the item before and this one. */
export function leadText(source: Source, item: { readonly span: Span }, before: number): string {
  const text = source.text.slice(before, item.span.start).trim()
  const pieces = source.parsed.trivia.filter(each => each.start >= before && each.end <= item.span.start)
  // What could not be read stands there too and is not repeated.
  return pieces.length === 0 || text === ''
    ? ''
    : `${pieces.map(each => source.text.slice(each.start, each.end)).join('\n')}\n`
}

/** Ends of the items before each item. */
export function itemStarts(items: readonly Item[]): number[] {
  return items.map((_, i) => items[i - 1]?.span.end ?? 0)
}

const membersOf = (pou: Pou): Span[] => [...pou.members, ...pou.properties].map(each => each.span)

function without(text: string, span: Span, holes: readonly Span[]): string {
  let result = ''
  let at = span.start
  for (const hole of [...holes].sort((a, b) => a.start - b.start)) {
    if (hole.start < at || hole.end > span.end) continue
    result += text.slice(at, hole.start).trimEnd()
    at = hole.end
  }
  return result + text.slice(at, span.end)
}

/** Takes the indentation away that all lines share, and blank lines at both ends. */
export function undent(text: string): string {
  const lines = text
    .replaceAll('\r\n', '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
    .split('\n')
  const indents = lines
    .slice(/^\s/.test(lines[0] ?? '') ? 0 : 1)
    .flatMap(line => (line.trim() === '' ? [] : [/^[ \t]*/.exec(line)![0]]))
  const shared = indents.reduce((a, b) => {
    let n = 0
    while (n < a.length && n < b.length && a[n] === b[n]) n += 1
    return a.slice(0, n)
  }, indents[0] ?? '')
  return lines.map(line => (line.startsWith(shared) ? line.slice(shared.length) : line)).join('\n')
}

/** The comment that stands behind a declaration on its line, without its marks. */
export function noteOf(source: Source, span: Span): string | undefined {
  const line = source.text.indexOf('\n', span.end)
  const end = line < 0 ? source.text.length : line
  const found = source.parsed.trivia.find(
    each =>
      each.kind === 'comment' &&
      each.start >= span.end &&
      each.start < end &&
      source.text.slice(span.end, each.start).trim() === '',
  )
  if (found === undefined) return undefined
  return source.text
    .slice(found.start, found.end)
    .replace(/^\/\/|^\(\*|\*\)$|^\/\*|\*\/$/g, '')
    .trim()
}

/** Each line that is not empty behind `indent`. */
export function indented(text: string, indent: string): string {
  return text
    .split('\n')
    .map(line => (line === '' ? '' : indent + line))
    .join('\n')
}
