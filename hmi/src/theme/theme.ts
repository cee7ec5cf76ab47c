/** Mantine on the tokens: its grey, primary and dark scales, and component defaults. */
import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

const slate: MantineColorsTuple = [
  '#eef3f6',
  '#d3dfe7',
  '#b4c8d5',
  '#8fb8d3',
  '#6d97b1',
  '#4d7894',
  '#3b667f',
  '#2f5873',
  '#264a61',
  '#1b3748',
]

/** Mantine's dark scale in the hue of the tokens: 4 borders, 6 inputs, 7 surfaces, 8 sunken. */
const dark: MantineColorsTuple = [
  '#e6eaed',
  '#b3bcc4',
  '#9aa4ad',
  '#7c8790',
  '#4a545c',
  '#363e45',
  '#242a2f',
  '#1c2125',
  '#14181b',
  '#0f1214',
]

/** Filled buttons take accent and its ink from the tokens: legible in both schemes. */
const variantColorResolver: VariantColorsResolver = input => {
  const made = defaultVariantColorsResolver(input)
  const primary = input.color === undefined || input.color === 'slate'
  if (input.variant !== 'filled' || !primary) return made
  return {
    ...made,
    background: 'var(--mw-accent)',
    hover: 'var(--mw-accent-hover)',
    color: 'var(--mw-accent-ink)',
  }
}

export const theme = createTheme({
  primaryColor: 'slate',
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  variantColorResolver,
  colors: { slate, dark },
  fontFamily: 'var(--mw-font)',
  fontFamilyMonospace: 'var(--mw-mono)',
  headings: { fontFamily: 'var(--mw-font)', fontWeight: '650' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: { transitionProps: { duration: 0 }, centered: true, size: 'lg' },
      styles: { title: { fontSize: 18, fontWeight: 640 } },
    },
    Menu: { defaultProps: { transitionProps: { duration: 0 } } },
    Select: { defaultProps: { comboboxProps: { transitionProps: { duration: 0 } } } },
    Tooltip: { defaultProps: { transitionProps: { duration: 0 }, openDelay: 300 } },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } },
  },
})

/** Mantine's own variables point at the tokens, so that both schemes have one source. */
export const resolver: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--mw-surface)',
    '--mantine-color-text': 'var(--mw-ink)',
    '--mantine-color-dimmed': 'var(--mw-ink-2)',
    '--mantine-color-placeholder': 'var(--mw-ink-3)',
    '--mantine-color-anchor': 'var(--mw-accent)',
    '--mantine-color-error': 'var(--mw-high)',
    '--mantine-color-default': 'var(--mw-raised)',
    '--mantine-color-default-hover': 'var(--mw-surface)',
    '--mantine-color-default-color': 'var(--mw-ink)',
    '--mantine-color-default-border': 'var(--mw-line-strong)',
  }
  return { variables: {}, light: shared, dark: shared }
}
