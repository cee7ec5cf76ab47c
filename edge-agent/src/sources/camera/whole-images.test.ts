import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { somePng } from '../../testing/camera-rig.suite.ts'
import { mayTake, type Watched } from './complete-files.ts'
import { createSplitter } from './frame-splitter.ts'
import { type Completeness, completeness, ENDS_BYTES } from './image-complete.ts'
import { splitWords } from './words.ts'

const ends = (bytes: Uint8Array) => ({
  head: bytes.subarray(0, ENDS_BYTES),
  tail: bytes.subarray(-ENDS_BYTES),
  size: bytes.length,
})
const png = somePng(5, 120)
/** A picture inside a picture (a camera's thumbnail), stuffing, a restart marker. */
const jpeg = Buffer.concat([
  Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0x00, 0x08, 0xff, 0xd8, 0xff, 0xd9, 0x00, 0x00]),
  Buffer.from([0xff, 0xda, 0x00, 0x04, 0x01, 0x02, 0x11, 0xff, 0x00, 0x22, 0xff, 0xd3, 0x33]),
  Buffer.alloc(300, 0x41),
  Buffer.from([0xff, 0xd9]),
])
const webp = Buffer.concat([
  Buffer.from('RIFF'),
  Buffer.from([104, 0, 0, 0]),
  Buffer.from('WEBP'),
  Buffer.alloc(100, 7),
])

describe('whether an image is whole', () => {
  it.each([
    ['png', png],
    ['jpeg', jpeg],
    ['webp', webp],
  ])('%s: at its end, and nowhere before', (_name, whole) => {
    expect(completeness(ends(whole))).toBe('complete')
    for (let length = 40; length < whole.length; length += 1)
      expect(completeness(ends(whole.subarray(0, length))), `${length} bytes`).toBe('incomplete')
  })
  it.each([
    ['png', png],
    ['jpeg', jpeg],
    ['webp', webp],
  ])('%s: not while its length was taken beforehand and is still filled with zeros', (_name, whole) => {
    const half = Buffer.alloc(whole.length)
    whole.copy(half, 0, 0, whole.length >> 1)
    half.fill(0, whole.length >> 1)
    expect(completeness(ends(half))).toBe('incomplete')
  })
  it('a JPEG padded with fill bytes is whole', () => {
    expect(completeness(ends(Buffer.concat([jpeg, Buffer.alloc(40, 0xff)])))).toBe('complete')
  })
  it.each([
    ['a beginning of zeros', Buffer.alloc(500)],
    ['a TIFF', Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0])],
    ['nothing', Buffer.alloc(0)],
  ])('%s is not known', (_name, bytes) => expect(completeness(ends(bytes))).toBe('unknown'))
})

describe('whether a settled file is taken', () => {
  const at = (since: number, modified = since): Watched => ({
    facts: { name: 'a.png', size: 9, modified },
    since,
    firstSeen: since,
  })
  it.each<[string, Watched, Completeness, boolean]>([
    ['whole', at(1_000_000), 'complete', true],
    ['not whole, for 59 s', at(941_000), 'incomplete', false],
    ['not whole, for 60 s', at(940_000), 'incomplete', true],
    ['not known, for 1 s', at(999_000), 'unknown', false],
    ['not known, for 1.5 s', at(998_500), 'unknown', true],
    ['not known, and an hour old', at(1_000_000, 0), 'unknown', true],
    ['not whole, and an hour old by its own time', at(1_000_000, 0), 'incomplete', false],
  ])('%s', (_name, entry, whole, taken) => expect(mayTake(entry, whole, 1_000_000, 300, 60_000)).toBe(taken))
})

describe('frames of a stream', () => {
  it.each([
    ['png' as const, [png, somePng(6, 30), png]],
    ['jpeg' as const, [jpeg, jpeg, jpeg]],
  ])('%s: the same however it comes in pieces', (format, frames) => {
    const stream = Buffer.concat(frames)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 60 }), sizes => {
        const splitter = createSplitter(format)
        const got: Uint8Array[] = []
        let at = 0
        for (let index = 0; at < stream.length; index += 1) {
          const size = sizes[index % sizes.length]!
          const split = splitter.push(stream.subarray(at, at + size))
          if (split.kind === 'broken') throw new Error(split.detail)
          got.push(...split.frames)
          at += size
        }
        expect(got.map(frame => Buffer.from(frame).equals(frames[got.indexOf(frame)]!))).toEqual(frames.map(() => true))
      }),
    )
  })
  it('what is no image is said', () => {
    expect(createSplitter('png').push(Buffer.from('Setting pipeline to PAUSED'))).toMatchObject({ kind: 'broken' })
    expect(createSplitter('jpeg').push(Buffer.from('Setting'))).toMatchObject({ kind: 'broken' })
  })
})

it.each([
  ['v4l2src device=/dev/video0 ! videorate', ['v4l2src', 'device=/dev/video0', '!', 'videorate']],
  ['filesrc location="my file.png"', ['filesrc', 'location=my file.png']],
  ["a 'b c' d\\ e ''", ['a', 'b c', 'd e', '']],
  ['  ', []],
])('words of %j', (text, words) => expect(splitWords(text)).toEqual(words))
