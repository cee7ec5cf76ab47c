import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type InspectionEvent, manualClock, type Verdict } from '@millwright/contract'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sweepImages } from './image-retention.ts'
import { type ImageStore, openImages } from './images.ts'
import { createInspectionRecords } from './inspections.ts'
import { openRecords } from './records.ts'

let folder: string
let images: ImageStore
const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex')
const noise = (size: number, seed = 1) =>
  Buffer.from(Array.from({ length: size }, (_, index) => (index * seed * 31) & 255))
const picture = (grey: number) =>
  sharp({ create: { width: 800, height: 600, channels: 3, background: { r: grey, g: grey, b: grey } } })
    .png()
    .toBuffer()

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mw-images-'))
  images = await openImages(folder)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('uploads in parts', () => {
  const content = noise(10_000)
  const sha256 = hashOf(content)
  const part = (offset: number, to: number) =>
    images.putPart({ sha256, offset, total: content.length, bytes: content.subarray(offset, to) })

  it('go on where they stopped, also after a restart, and are stored when they are whole', async () => {
    expect(await images.upload(sha256)).toEqual({ stored: false, offset: 0 })
    expect(await part(0, 4000)).toEqual({ stored: false, offset: 4000 })
    images = await openImages(folder)
    expect(await images.upload(sha256)).toEqual({ stored: false, offset: 4000 })
    expect(await images.has(sha256)).toBe(false)
    expect(await part(4000, 10_000)).toEqual({ stored: true, offset: 10_000 })
    expect((await images.get(sha256))?.content).toEqual(content)
    expect(await images.upload(sha256)).toEqual({ stored: true, offset: 10_000 })
    expect(readdirSync(join(folder, 'parts'))).toEqual([])
  })

  it('a part that begins elsewhere, or comes twice, changes nothing and says where to go on', async () => {
    expect(await part(500, 900)).toEqual({ stored: false, offset: 0 })
    await part(0, 4000)
    expect(await part(0, 4000)).toEqual({ stored: false, offset: 4000 })
    expect(await part(4000, 10_000)).toMatchObject({ stored: true })
    expect(await part(0, 4000)).toEqual({ stored: true, offset: 10_000 })
  })

  it('all of whose bytes came before a kill are stored by whatever part comes next', async () => {
    await part(0, 4000)
    writeFileSync(join(folder, 'parts', `${sha256}.part`), content)
    images = await openImages(folder)
    expect(await images.upload(sha256)).toEqual({ stored: false, offset: 10_000 })
    await Promise.all([part(9999, 10_000), part(0, 4000)])
    expect((await images.get(sha256))?.content).toEqual(content)
    expect(readdirSync(join(folder, 'parts'))).toEqual([])
  })

  it('of more bytes than it should have begins anew', async () => {
    await part(0, 4000)
    writeFileSync(join(folder, 'parts', `${sha256}.part`), Buffer.concat([content, content]))
    await expect(part(9999, 10_000)).rejects.toThrow('MW-2010')
    expect(await part(0, 10_000)).toEqual({ stored: true, offset: 10_000 })
  })

  it('two that send the same image at once make one whole image', async () => {
    await Promise.all([part(0, 4000), part(0, 4000), part(0, 4000)])
    await Promise.all([part(4000, 10_000), part(4000, 10_000)])
    expect((await images.get(sha256))?.content).toEqual(content)
  })

  it('content that is not what its name says is refused, and begins anew', async () => {
    await images.putPart({ sha256, offset: 0, total: 6, bytes: Buffer.from('abc') })
    await expect(images.putPart({ sha256, offset: 3, total: 6, bytes: Buffer.from('def') })).rejects.toThrow('MW-2010')
    expect(await images.upload(sha256)).toEqual({ stored: false, offset: 0 })
    await part(0, 10_000)
    expect(await images.has(sha256)).toBe(true)
  })

  it('what nobody went on with is forgotten after a week', async () => {
    await part(0, 4000)
    const old = new Date(Date.now() - 8 * 86_400_000)
    utimesSync(join(folder, 'parts', `${sha256}.part`), old, old)
    images = await openImages(folder)
    expect(await images.upload(sha256)).toEqual({ stored: false, offset: 0 })
  })
})

describe('thumbnails', () => {
  it('are made once, at most as wide as asked, and outlive their image', async () => {
    const content = await picture(90)
    const sha256 = hashOf(content)
    await images.put(sha256, content)
    const first = await images.get(sha256, 300)
    expect((await sharp(first!.content).metadata()).width).toBe(300)
    await images.remove(sha256)
    expect(await images.get(sha256)).toBeUndefined()
    const later = await images.get(sha256, 160)
    expect(later?.mediaType).toBe('image/jpeg')
    expect((await sharp(later!.content).metadata()).width).toBe(160)
    expect(await images.get(sha256, 900)).toBeUndefined()
  })

  it('one that cannot be written is made again', async () => {
    const content = await picture(50)
    const sha256 = hashOf(content)
    writeFileSync(join(folder, 'thumbnails'), 'in the way')
    await images.put(sha256, content)
    expect((await images.get(sha256, 160))?.mediaType).toBe('image/jpeg')
  })
})

describe('retention', () => {
  it('goes by the worst verdict of an image, a person’s too; what failed leaves a small picture', async () => {
    const clock = manualClock()
    const DAY = 86_400_000
    const { db, close } = openRecords(':memory:')
    const records = createInspectionRecords(db)
    const store = async (grey: number, days: number, verdict: Verdict, truth?: 'good' | 'defective') => {
      const content = await picture(grey)
      const sha256 = hashOf(content)
      await images.put(sha256, content)
      const event = {
        id: `AOI:${grey}:${verdict}`,
        station: 'AOI',
        t: clock.now() - days * DAY,
        sha256,
        bytes: content.length,
        mediaType: 'image/png',
        line: { image: 'a.png', verdict },
      }
      await records.add('a', 'lot', event as unknown as InspectionEvent)
      if (truth !== undefined)
        await db
          .updateTable('inspection')
          .set({ review: JSON.stringify({ truth }) })
          .where('id', '=', event.id)
          .execute()
      return sha256
    }
    const oldPass = await store(10, 40, 'pass')
    const escaped = await store(20, 40, 'pass', 'defective')
    const youngPass = await store(30, 20, 'pass')
    const oldFail = await store(40, 400, 'fail')
    const fail = await store(50, 300, 'fail')
    // The same picture once more, as a fail.
    const shared = await store(60, 40, 'pass')
    await store(60, 41, 'fail')
    const removed: [number, number][] = []
    const gone = await sweepImages({
      images,
      db,
      rules: { maxBytes: 1e9, keepDays: { fail: 365, review: 180, pass: 30 } },
      clock,
      onRemoved: (count, bytes) => void removed.push([count, bytes]),
      onFault: () => {},
    })
    expect(gone.map(({ sha256 }) => sha256).sort()).toEqual([oldPass, oldFail].sort())
    for (const kept of [escaped, youngPass, fail, shared]) expect(await images.has(kept)).toBe(true)
    expect(await images.get(oldPass, 320)).toBeUndefined()
    expect((await images.get(oldFail, 320))?.mediaType).toBe('image/jpeg')
    expect(removed[0]?.[0]).toBe(2)
    await close()
  })
})
