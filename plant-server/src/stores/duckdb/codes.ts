/** How values and qualities stand in the columns of the reading table. */
import type { Quality, ReadingValue } from '@millwright/contract'

export const KIND = { null: 0, number: 1, boolean: 2, string: 3 } as const
type Kind = keyof typeof KIND
const QUALITIES: readonly Quality[] = ['good', 'uncertain', 'bad']

export const codeOf = (quality: Quality): number => QUALITIES.indexOf(quality)
export const BAD = codeOf('bad')
export const UNCERTAIN = codeOf('uncertain')
export const qualityOf = (code: unknown): Quality => QUALITIES[Number(code)] ?? 'bad'

export const kindOf = (value: ReadingValue): Kind =>
  value === null ? 'null' : typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string'

export function readingValueOf(kind: unknown, number: unknown, text: unknown): ReadingValue {
  switch (Number(kind)) {
    case KIND.number:
      return Number(number)
    case KIND.boolean:
      return number === 1
    case KIND.string:
      return String(text)
    default:
      return null
  }
}
