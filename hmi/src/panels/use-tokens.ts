/** Token colours for canvas charts, which cannot read CSS variables; read again when the scheme changes. */
import { useComputedColorScheme } from '@mantine/core'
import { useMemo } from 'react'

const NAMES = [
  'ink',
  'ink-2',
  'ink-3',
  'line',
  'line-strong',
  'grid',
  'surface',
  'raised',
  'accent',
  'accent-soft',
  'high',
  'medium',
  'low',
  'high-soft',
  'medium-soft',
  'range',
  'normal-band',
  'setpoint',
  'bad-band',
  'fan',
  'pen-1',
  'pen-2',
  'pen-3',
  'pen-4',
  'pen-5',
  'pen-6',
  'pen-7',
  'pen-8',
] as const
export type TokenName = (typeof NAMES)[number]
export type Tokens = Readonly<Record<TokenName, string>>

export function useTokens(): Tokens {
  const scheme = useComputedColorScheme('light')
  // the style sheet answers differently for each scheme.
  return useMemo(() => {
    const style = getComputedStyle(document.documentElement)
    return Object.fromEntries(NAMES.map(name => [name, style.getPropertyValue(`--mw-${name}`).trim()])) as Tokens
  }, [scheme])
}

/** Pens in order, each with its own dash so that colour is not alone. */
export const PENS = ['pen-1', 'pen-2', 'pen-3', 'pen-4', 'pen-5', 'pen-6', 'pen-7', 'pen-8'] as const
export const DASHES: readonly (readonly number[])[] = [
  [],
  [8, 4],
  [2, 3],
  [10, 3, 2, 3],
  [],
  [8, 4],
  [2, 3],
  [10, 3, 2, 3],
]
