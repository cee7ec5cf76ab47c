export type Severity = 'error' | 'warning' | 'notice'
export type Language = 'zh' | 'en'

export interface ProblemRow {
  readonly severity: Severity
  readonly name: string
  readonly message: Readonly<Record<Language, string>>
  readonly remedy: Readonly<Record<Language, string>>
}

export const row = (
  severity: Severity,
  name: string,
  zh: string,
  en: string,
  doZh: string,
  doEn: string,
): ProblemRow => ({
  severity,
  name,
  message: { zh, en },
  remedy: { zh: doZh, en: doEn },
})
