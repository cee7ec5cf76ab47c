import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** WCAG 2.2 contrast of the tokens that meet on screen, read from the style sheet itself. */
const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const block = (selector: string): Map<string, string> => {
  const start = css.indexOf('{', css.indexOf(`${selector} {`))
  const text = css.slice(start, css.indexOf('}', start))
  return new Map([...text.matchAll(/--mw-([\w-]+):\s*(#[0-9a-f]{6});/g)].map(match => [match[1] ?? '', match[2] ?? '']))
}
const light = block(':root')
const dark = new Map([...light, ...block(':root[data-mantine-color-scheme="dark"]')])

/** Relative luminance (WCAG 2.2, definition). */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map(at => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

const grounds = ['bg', 'surface', 'raised']
const pairs = (inks: readonly string[], least: number) =>
  inks.flatMap(ink => grounds.map(ground => [ink, ground, least] as [string, string, number]))

const rules: [string, string, number][] = [
  ...pairs(['ink', 'ink-2', 'ink-3', 'high', 'medium', 'low', 'accent'], 4.5),
  ...pairs(['line-strong', 'setpoint', 'pointer', 'focus', ...[1, 2, 3, 4, 5, 6, 7, 8].map(n => `pen-${n}`)], 3),
  ...['high', 'medium', 'low', 'accent'].map(tone => [`${tone}-ink`, tone, 4.5] as [string, string, number]),
  ...['high', 'medium', 'low'].flatMap(tone => [
    ['ink', `${tone}-soft`, 4.5] as [string, string, number],
    ['ink-2', `${tone}-soft`, 4.5] as [string, string, number],
  ]),
  ['ink', 'accent-soft', 4.5],
  ['ink-2', 'accent-soft', 4.5],
  ['ink', 'sunken', 4.5],
]

test('the contrast of black on white is 21', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
})

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('in the %s scheme', (_, tokens) => {
  test.each(rules)('%s on %s has at least %f', (ink, ground, least) => {
    const [a, b] = [tokens.get(ink), tokens.get(ground)]
    expect([a, b]).not.toContain(undefined)
    expect(contrast(a ?? '', b ?? '')).toBeGreaterThanOrEqual(least)
  })
})
