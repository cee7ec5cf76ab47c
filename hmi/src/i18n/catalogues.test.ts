import { globSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { shared } from './shared.ts'
import type { Catalogue } from './text.ts'

const src = join(dirname(fileURLToPath(import.meta.url)), '..')
const files = globSync(['features/**/text.ts', 'components/**/text.ts'], { cwd: src })

const isCatalogue = (value: unknown): value is Catalogue<string> =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value

const all: [string, Catalogue<string>][] = [['shared', shared]]
for (const file of files) {
  const module = (await import(join(src, file))) as Record<string, unknown>
  for (const [name, value] of Object.entries(module))
    if (isCatalogue(value)) all.push([`${relative(src, join(src, file))} ${name}`, value])
}

const HAN = /\p{Script=Han}/u
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort()
/** Names of languages are written in themselves. */
const OWN_NAMES = new Set(['lang.zh'])

test('every feature with texts has a catalogue', () => {
  expect(all.length).toBe(files.length + 1)
})

describe.each(all)('%s', (_, texts) => {
  test('has the same keys in both languages', () => {
    expect(Object.keys(texts.en).sort()).toEqual(Object.keys(texts.zh).sort())
  })
  test('leaves no text empty', () => {
    for (const lang of ['zh', 'en'] as const)
      for (const [key, text] of Object.entries(texts[lang])) expect(text.trim(), `${lang} ${key}`).not.toBe('')
  })
  test('uses the same placeholders in both languages', () => {
    for (const [key, text] of Object.entries(texts.zh))
      expect(placeholders(texts.en[key] ?? ''), key).toEqual(placeholders(text))
  })
  test('writes no Chinese in the English texts', () => {
    for (const [key, text] of Object.entries(texts.en)) if (!OWN_NAMES.has(key)) expect(HAN.test(text), key).toBe(false)
  })
})
