import { useText } from '../../i18n/lang.tsx'
import { text } from './text.ts'

/** A two-valued signal's name is a statement (door closed, running), so its value says whether that holds. */
export function useTwoValued(): (value: boolean) => string {
  const t = useText(text)
  return value => t(value ? 'true' : 'false')
}
