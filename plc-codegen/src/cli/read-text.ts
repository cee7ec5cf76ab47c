import { readFileSync } from 'node:fs'

/** A source file as text: UTF-8, UTF-16 with its mark, or a Western or Chinese code page where the bytes are no UTF-8. */
export function readText(path: string): string {
  const bytes = readFileSync(path)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const chinese = new TextDecoder('gb18030').decode(bytes)
    return /[\u4e00-\u9fff]{2}/.test(chinese) ? chinese : new TextDecoder('windows-1252').decode(bytes)
  }
}
