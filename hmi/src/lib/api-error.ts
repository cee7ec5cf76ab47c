/** A refused or failed call, with what the user should read. */
import type { LocalText } from '@millwright/contract'
import { shared } from '../i18n/shared.ts'

export class ApiError extends Error {
  /** HTTP status; 0 where nothing answered. */
  readonly status: number
  /** Problem code of the contract, `network` or `unexpected`. */
  readonly code: string
  readonly text: LocalText
  readonly place: string | undefined
  constructor(status: number, code: string, text: LocalText, place?: string) {
    super(`${code} ${text.en}`)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.text = text
    this.place = place
  }
}

const own = (key: keyof typeof shared.zh): LocalText => ({ zh: shared.zh[key], en: shared.en[key] })

export const networkError = (): ApiError => new ApiError(0, 'network', own('error.network'))

const isText = (value: unknown): value is LocalText =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value

/** Reads the contract's ProblemReply; anything else is `unexpected`. */
export function errorOf(status: number, body: unknown): ApiError {
  if (typeof body === 'object' && body !== null && 'code' in body && 'message' in body && isText(body.message)) {
    const place = 'place' in body && typeof body.place === 'string' ? body.place : undefined
    return new ApiError(status, String(body.code), body.message, place)
  }
  return new ApiError(status, 'unexpected', own('error.unexpected'))
}

/** What to show of any thrown thing. */
export const textOf = (error: unknown): LocalText => (error instanceof ApiError ? error.text : own('error.unexpected'))
