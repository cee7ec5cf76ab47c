/** Formats of the signed-in user's language and the plant's time zone. */
import { useMemo } from 'react'
import { useLang } from '../i18n/lang.tsx'
import { createFormat, type Format } from './format.ts'
import { useSession } from './session.ts'

export function useFormat(): Format {
  const { lang } = useLang()
  const timeZone = useSession()?.timeZone ?? 'UTC'
  return useMemo(() => createFormat(lang, timeZone), [lang, timeZone])
}
