/** A section's text as blocks: paragraphs, numbered and plain lists. Enough of Markdown for procedures; no HTML passes. Pure. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'numbered'; readonly start: number; readonly items: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }

const NUMBERED = /^\s*(\d+)[.)、]\s+(.*)$/
const BULLET = /^\s*[-*]\s+(.*)$/
const cells = (line: string) =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map(cell => plain(cell.trim()))
/** Marks for bold and code are left out. */
const plain = (text: string) => text.replaceAll(/\*\*|`/g, '')

export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  const lines = text.split(/\r?\n/)
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i]!
    const last = blocks.at(-1)
    const previousEmpty = i === 0 || lines[i - 1]!.trim() === ''
    const numbered = NUMBERED.exec(line)
    const bullet = BULLET.exec(line)
    if (line.trim() === '') continue
    if (line.trim().startsWith('|')) {
      const rows: string[] = []
      while (i < lines.length && lines[i]!.trim().startsWith('|')) rows.push(lines[i++]!)
      i -= 1
      const [head = '', ...rest] = rows.filter(row => !/^[\s|:-]+$/.test(row))
      blocks.push({ kind: 'table', head: cells(head), rows: rest.map(cells) })
    } else if (numbered !== null) {
      const item = plain(numbered[2]!)
      if (last?.kind === 'numbered') blocks[blocks.length - 1] = { ...last, items: [...last.items, item] }
      else blocks.push({ kind: 'numbered', start: Number(numbered[1]), items: [item] })
    } else if (bullet !== null) {
      const item = plain(bullet[1]!)
      if (last?.kind === 'list') blocks[blocks.length - 1] = { ...last, items: [...last.items, item] }
      else blocks.push({ kind: 'list', items: [item] })
    } else if (!previousEmpty && last !== undefined && last.kind !== 'table') {
      blocks[blocks.length - 1] = joined(last, plain(line.trim()))
    } else {
      blocks.push({ kind: 'paragraph', text: plain(line.trim()) })
    }
  }
  return blocks
}

/** A line that goes on from the one before it. */
function joined(block: Exclude<Block, { kind: 'table' }>, more: string): Block {
  if (block.kind === 'paragraph') return { ...block, text: `${block.text} ${more}` }
  return { ...block, items: [...block.items.slice(0, -1), `${block.items.at(-1) ?? ''} ${more}`] }
}
