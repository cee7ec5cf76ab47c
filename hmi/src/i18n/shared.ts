/** The catalogue of what all pages share. */
import { en } from './en.ts'
import { catalogue } from './text.ts'
import { zh } from './zh.ts'

export const shared = catalogue(zh, en)
export type SharedKey = keyof typeof zh
