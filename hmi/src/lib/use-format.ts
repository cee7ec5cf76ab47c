/** Formats of the signed-in user's language and the plant's time zone. */
import type { Lang } from '@millwright/contract'
import { useLang } from '../i18n/lang.tsx'
import { createFormat, type Format } from './format.ts'
import { useSession } from './session.ts'

/** Made once each: `Intl` takes longer to make a format than a row of a table takes to draw. */
const formats = new Map<string, Format>()

function formatOf(lang: Lang, timeZone: string): Format {
  const key = `${lang} ${timeZone}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = createFormat(lang, timeZone)
  formats.set(key, made)
  return made
}

export function useFormat(): Format {
  const { lang } = useLang()
  return formatOf(lang, useSession()?.timeZone ?? 'UTC')
}
