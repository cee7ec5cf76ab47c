import { expect, test } from 'vitest'
import { mutate, random, seedText } from '../fuzz/mutate.ts'
import { ExchangeFault } from './exchange.ts'
import { type ExchangeFormat, exportFiles, importFiles } from './exchange-files.ts'

const options = { name: 'Line', time: '2026-01-02T03:04:05' }
/** What a broken file may end with: a coded fault, nothing else. */
function coded(attempt: () => unknown): void {
  try {
    attempt()
  } catch (error) {
    if (!(error instanceof ExchangeFault)) throw error
  }
}

test.each(['plcopen', 'twincat', 'scl'] as const satisfies ExchangeFormat[])(
  '%s: 1,500 damaged texts out, and 1,500 damaged files in, end in a result or a code',
  format => {
    const next = random(11)
    const files = exportFiles([{ name: 'Line.st', text: seedText }], format, { ...options, dialect: 'codesys' }).files
    let text = seedText
    for (let i = 0; i < 1500; i += 1) {
      text = i % 15 === 0 ? seedText : mutate(text, next)
      coded(() =>
        importFiles(exportFiles([{ name: 'Line.st', text }], format, { ...options, dialect: 'codesys' }).files),
      )
      const file = files[i % files.length]!
      coded(() => importFiles([{ name: file.name, text: mutate(file.text, next) }]))
    }
    expect(text.length).toBeGreaterThan(0)
  },
  60_000,
)

test('a chain of elements as deep as a file is refused, not followed', () => {
  const deep = `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`
  expect(() => importFiles([{ name: 'deep.xml', text: deep }])).toThrow(/ST903/)
})
