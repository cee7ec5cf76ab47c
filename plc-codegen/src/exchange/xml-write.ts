/** XML as text: elements are nested strings, written with two spaces a level. Pure. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | undefined>>
  /** Elements, or one text that is kept to the letter. */
  readonly content: readonly XmlElement[] | string
  /** Written as CDATA where it can be. */
  readonly cdata?: boolean
}

export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  content: readonly (XmlElement | undefined)[] | string = [],
): XmlElement {
  return {
    name,
    attributes,
    content: typeof content === 'string' ? content : content.filter(each => each !== undefined),
  }
}

/** Text of an element kept verbatim, as TwinCAT writes code. */
export function cdata(name: string, text: string): XmlElement {
  return { name, attributes: {}, content: text, cdata: true }
}

export function xmlText(root: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${lines(root, '').join('\n')}\n`
}

function lines(each: XmlElement, indent: string): string[] {
  const attributes = Object.entries(each.attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXml(value!, true)}"`)
    .join('')
  const open = `${indent}<${each.name}${attributes}`
  if (each.content.length === 0) return [`${open}/>`]
  if (typeof each.content === 'string') {
    // `]]>` cannot stand in CDATA: it is cut in two.
    const text = each.cdata
      ? `<![CDATA[${legal(each.content).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
      : escapeXml(each.content, false)
    return [`${open}>${text}</${each.name}>`]
  }
  return [`${open}>`, ...each.content.flatMap(child => lines(child, `${indent}  `)), `${indent}</${each.name}>`]
}

/** XML 1.0 has no room for most control characters: they become a mark of what cannot be shown. */
function legal(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly the characters that XML 1.0 forbids (production 2)
  return text.replaceAll('\r\n', '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
}

function escapeXml(text: string, attribute: boolean): string {
  const plain = legal(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  if (!attribute) return plain.replaceAll('\r', '&#13;')
  return plain.replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\r', '&#13;').replaceAll('\t', '&#9;')
}
