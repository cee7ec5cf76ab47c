/**
 * Reads XML 1.0 as engineering tools write it: elements, attributes, text, CDATA, the five entities and characters by number.
 * Prefixes of namespaces are dropped, DOCTYPE is refused (nothing of ours needs one, and entities could be made to grow without bound).
 */
export interface XmlNode {
  /** Without its prefix. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** Elements and texts in their order. */
  readonly children: readonly (XmlNode | string)[]
}

/** What is wrong, and where (offset). */
export class XmlFault extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

const DEPTH = 200

interface Open {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: (XmlNode | string)[]
}

export function readXml(text: string): XmlNode {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const root: Open = { name: '', attributes: {}, children: [] }
  const stack: Open[] = [root]
  const put = (piece: string) => {
    if (piece !== '') stack.at(-1)!.children.push(piece)
  }
  while (at < text.length) {
    const next = text.indexOf('<', at)
    if (next !== at) {
      put(decode(text.slice(at, next < 0 ? text.length : next), at))
      if (next < 0) break
      at = next
    }
    if (text.startsWith('<!--', at)) at = behind(text, '-->', at)
    else if (text.startsWith('<![CDATA[', at)) {
      const end = behind(text, ']]>', at)
      put(text.slice(at + 9, end - 3).replaceAll('\r\n', '\n'))
      at = end
    } else if (text.startsWith('<?', at)) at = behind(text, '?>', at)
    else if (text.startsWith('<!', at)) throw new XmlFault('DOCTYPE is not taken', at)
    else if (text.startsWith('</', at)) {
      const end = behind(text, '>', at)
      const name = text.slice(at + 2, end - 1).trim()
      const open = stack.pop()!
      if (stack.length === 0 || open.name !== name) throw new XmlFault(`</${name}> closes <${open.name}>`, at)
      stack.at(-1)!.children.push({ ...open, name: local(open.name) })
      at = end
    } else at = tag(text, at, stack)
  }
  if (stack.length > 1) throw new XmlFault(`<${stack.at(-1)!.name}> is not closed`, text.length)
  const found = root.children.filter(each => typeof each !== 'string')
  if (found.length !== 1) throw new XmlFault('there is not exactly one root element', 0)
  return found[0]!
}

function tag(text: string, from: number, stack: Open[]): number {
  const name = /[^\s/>=<]+/y
  name.lastIndex = from + 1
  const found = name.exec(text)
  if (found === null) throw new XmlFault('a tag has no name', from)
  let at = name.lastIndex
  const attributes: Record<string, string> = Object.create(null)
  const attribute = /\s+([^\s=/>]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
  for (;;) {
    attribute.lastIndex = at
    const one = attribute.exec(text)
    if (one === null) break
    attributes[local(one[1]!)] = decode(one[2] ?? one[3] ?? '', at)
    at = attribute.lastIndex
  }
  const end = /\s*(\/?)>/y
  end.lastIndex = at
  const close = end.exec(text)
  if (close === null) throw new XmlFault(`<${found[0]} is malformed`, from)
  const open: Open = { name: found[0], attributes, children: [] }
  if (close[1] === '/') stack.at(-1)!.children.push({ ...open, name: local(open.name) })
  else if (stack.length > DEPTH) throw new XmlFault(`elements nest deeper than ${DEPTH}`, from)
  else stack.push(open)
  return end.lastIndex
}

const local = (name: string) => name.slice(name.indexOf(':') + 1)

function behind(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from)
  if (end < 0) throw new XmlFault(`"${mark}" is missing`, from)
  return end + mark.length
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decode(text: string, at: number): string {
  return text.replaceAll('\r\n', '\n').replace(/&([^;\s]{1,8});?/g, (whole, word: string) => {
    const known = named[word]
    if (known !== undefined) return known
    const code = /^#x[0-9a-f]+$/i.test(word) ? Number.parseInt(word.slice(2), 16) : Number(word.slice(1))
    if (!word.startsWith('#') || !(code > 0 && code <= 0x10ffff)) throw new XmlFault(`${whole} is unknown`, at)
    return String.fromCodePoint(code)
  })
}

/** Elements directly inside, of a name or of any. */
export function elementsOf(node: XmlNode | undefined, name?: string): XmlNode[] {
  return (node?.children ?? []).filter(
    (each): each is XmlNode => typeof each !== 'string' && (name === undefined || each.name === name),
  )
}

/** The first element along a path of names. */
export function at(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  return path.reduce<XmlNode | undefined>((found, name) => elementsOf(found, name)[0], node)
}

/** All text inside; `<br/>` and the ends of paragraphs are line ends. */
export function textOf(node: XmlNode | undefined): string {
  return (node?.children ?? [])
    .map(each =>
      typeof each === 'string'
        ? each
        : each.name === 'br'
          ? '\n'
          : `${textOf(each)}${each.name === 'p' || each.name === 'div' ? '\n' : ''}`,
    )
    .join('')
}
