/** The reader's language: chosen by the browser until sign-in, then by the user's record. */
import type { Lang, LocalText } from '@millwright/contract'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { shared } from './shared.ts'
import { type Catalogue, pick, type TextValues, translate } from './text.ts'

const KEY = 'millwright.lang'

interface LangState {
  readonly lang: Lang
  setLang(lang: Lang): void
}

const LangContext = createContext<LangState>({ lang: 'zh', setLang: () => {} })

export function firstLang(stored: string | null, browser: readonly string[]): Lang {
  if (stored === 'zh' || stored === 'en') return stored
  const known = browser.find(name => /^(zh|en)/i.test(name))
  return known?.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

export function LangProvider({ children }: { readonly children: ReactNode }) {
  const [lang, set] = useState<Lang>(() => firstLang(localStorage.getItem(KEY), navigator.languages))
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
    localStorage.setItem(KEY, lang)
  }, [lang])
  const state = useMemo(() => ({ lang, setLang: set }), [lang])
  return <LangContext value={state}>{children}</LangContext>
}

export const useLang = (): LangState => useContext(LangContext)

/** `t(key, values)` over a catalogue. */
export function useText<K extends string>(texts: Catalogue<K>): (key: K, values?: TextValues) => string {
  const { lang } = useLang()
  return useCallback((key, values) => translate(texts, lang, key, values), [texts, lang])
}

/** `t(key, values)` over the shared catalogue. */
export const useShared = () => useText(shared)

/** Texts that come from the server in both languages. */
export function useLocal(): (text: LocalText) => string {
  const { lang } = useLang()
  return useCallback(text => pick(text, lang), [lang])
}
