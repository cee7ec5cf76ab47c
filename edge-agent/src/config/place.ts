/** Where something stands in a YAML file: `file:line (path)`. */
import { type Document, isNode, type LineCounter } from 'yaml'

export interface Places {
  /** Place of a path of keys; of its nearest parent where it is not there. */
  at(path: readonly (string | number)[]): string
  line(offset: number): string
}

export function createPlaces(file: string, document: Document, lines: LineCounter): Places {
  const show = (path: readonly (string | number)[]) =>
    path.reduce<string>(
      (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
      '',
    )
  return {
    line: offset => `${file}:${lines.linePos(offset).line}`,
    at(path) {
      for (let length = path.length; length >= 0; length -= 1) {
        const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
        if (isNode(node) && node.range) {
          const line = lines.linePos(node.range[0]).line
          return `${file}:${line}${path.length === 0 ? '' : ` (${show(path)})`}`
        }
      }
      return `${file}${path.length === 0 ? '' : ` (${show(path)})`}`
    },
  }
}

/** Keys of a JSON pointer; numbers where they are indexes. */
export const pathOfPointer = (pointer: string): (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map(key => (/^\d+$/.test(key) ? Number(key) : key))
