import { useText } from '../../i18n/lang.tsx'
import { text } from './text.ts'

/** The unit of a quantity as people write it; a symbol (kg, m) says itself in every language. */
export function useQuantityUnit(): (unit: string) => string {
  const t = useText(text)
  return unit => (unit === 'pcs' || unit === 'case' || unit === 'm2' ? t(unit) : unit)
}
