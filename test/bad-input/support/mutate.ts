/** Makes bad input out of good: bytes and text, by a seeded generator, so that a failure can be made again. */
import { randomOf } from '../../sparkplug/support/fuzz.ts'

export type Random = () => number
export { randomOf }

export const below = (random: Random, end: number): number => Math.floor(random() * end)
export const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)] as T
export const noise = (random: Random, most: number): Buffer =>
  Buffer.from(Array.from({ length: below(random, most) }, () => below(random, 256)))

/** Numbers that lengths, counts and sizes are not meant to hold. */
const EDGES = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff]

/** Cut short, bits turned, bytes put in or taken out, a length replaced, a piece repeated or moved, or noise. */
export function badBytes(random: Random, good: Uint8Array): Buffer {
  const bytes = Buffer.from(good)
  const at = below(random, bytes.length)
  switch (below(random, 8)) {
    case 0:
      return bytes.subarray(0, at)
    case 1:
      return Buffer.concat([bytes.subarray(0, at), noise(random, 24), bytes.subarray(at)])
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(random, 16))])
    case 3: {
      if (bytes.length < 4) return noise(random, 8)
      const place = below(random, bytes.length - 3)
      if (random() < 0.5) bytes.writeUInt32LE(pick(random, EDGES), place)
      else bytes.writeUInt32BE(pick(random, EDGES), place)
      return bytes
    }
    case 4: {
      const piece = bytes.subarray(at, at + 1 + below(random, 64))
      return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)])
    }
    case 5: {
      const end = Math.min(bytes.length, at + 1 + below(random, 64))
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end), bytes.subarray(at, end)])
    }
    case 6:
      return random() < 0.1 ? noise(random, 400) : flipped(random, bytes)
    default:
      return flipped(random, bytes)
  }
}

function flipped(random: Random, bytes: Buffer): Buffer {
  for (let turns = 1 + below(random, 8); turns > 0 && bytes.length > 0; turns -= 1)
    bytes[below(random, bytes.length)]! ^= 1 << below(random, 8)
  return bytes
}

const ODD_WORDS = [
  'null',
  '~',
  '-1',
  '1e999',
  '0x7fffffffffffffff',
  '""',
  '[]',
  '{}',
  '[[[[[[',
  '&a [*a, *a]',
  '*nobody',
  '!!js/function x',
  '!!binary "//"',
  '<<: *nobody',
  '? [a]',
  '---',
  '...',
  '%YAML 9.9',
  '__proto__: 1',
  '"__proto__": {"a": 1}',
  'constructor',
  `$${'{NOBODY}'}`,
  `$${'{PATH:-x}'}`,
  '\u0000',
  '\ud800',
  '\ufeff',
  '\t',
  '温度',
  'x'.repeat(3000),
  '[(a+)+$',
  '9'.repeat(400),
  '2026-02-30T25:61:00Z',
]

/** Ten levels of nine: a file of 300 bytes that would unfold to three thousand million nodes. */
const BOMB = Array.from({ length: 10 }, (_, level) => {
  const inner = level === 0 ? '"x"' : `*b${level - 1}`
  return `b${level}: &b${level} [${Array(9).fill(inner).join(', ')}]`
}).join('\n')

/** Lines lost, doubled, moved or cut; words replaced; brackets without end; a bomb of aliases; or bytes as above. */
export function badText(random: Random, good: string): string {
  const lines = good.split('\n')
  const at = below(random, lines.length)
  switch (below(random, 10)) {
    case 0:
      return lines.filter((_, index) => index !== at).join('\n')
    case 1:
      return [...lines.slice(0, at), lines[at], ...lines.slice(at)].join('\n')
    case 2: {
      const [line = ''] = lines.splice(at, 1)
      lines.splice(below(random, lines.length + 1), 0, line)
      return lines.join('\n')
    }
    case 3:
      return good.slice(0, below(random, good.length))
    case 4: {
      lines[at] = `${' '.repeat(below(random, 6))}${lines[at]}`
      return lines.join('\n')
    }
    case 5: {
      if (random() < 0.02) return `${random() < 0.5 ? '[' : '{"a":'}`.repeat(pick(random, [100, 3000, 20_000]))
      if (random() < 0.04) return `${BOMB}\n${good}`
      return replacedWord(random, good)
    }
    case 6:
    case 7:
      return replacedWord(random, good)
    case 8:
      return `${good.slice(0, at)}${pick(random, ODD_WORDS)}${good.slice(at)}`
    default:
      return badBytes(random, Buffer.from(good)).toString('utf8')
  }
}

function replacedWord(random: Random, good: string): string {
  const words = [...good.matchAll(/[^\s,:{}[\]]+/g)]
  const word = pick(random, words)
  if (word === undefined) return pick(random, ODD_WORDS)
  const other = random() < 0.6 ? pick(random, ODD_WORDS) : (pick(random, words)?.[0] ?? '')
  return `${good.slice(0, word.index)}${other}${good.slice(word.index + word[0].length)}`
}
