import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkSources } from './check-sources.ts'

const corpus = new URL('../../../../shared/data/plc/st-corpus/', import.meta.url)
const present = existsSync(corpus)
const files = present
  ? readdirSync(corpus).map(file => ({ file, text: readFileSync(new URL(file, corpus), 'utf8') }))
  : []
const refused = (sources: typeof files) =>
  new Set(
    checkSources(sources, { dialect: 'codesys' })
      .filter(each => each.severity === 'error')
      .map(each => each.file),
  )

/** Malformed in truth: a stray `#`, a date function given a TIME, members of plain REALs and arrays, an unfinished string. */
const malformed = new Set(['ISC_ALPHA.st', 'JD2000.st', 'METER.st', 'V3_ABS.st', 'SMTP_CLIENT_DEMO.st'])

describe.skipIf(!present)('real units', () => {
  test('each alone is accepted, but for those that are malformed', () => {
    expect(
      files
        .filter(each => refused([each]).size > 0)
        .map(each => each.file)
        .filter(each => !malformed.has(each)),
    ).toEqual([])
  }, 120_000)

  test('together as one project none is refused that was accepted alone', () => {
    expect([...refused(files)].filter(each => !malformed.has(each))).toEqual([])
  }, 120_000)
})
