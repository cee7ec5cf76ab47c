import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type InspectionLine, type Problem, systemClock } from '@millwright/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CameraConfig } from '../../config/sources/camera.ts'
import type { OutboxItem } from '../../outbox/outbox.ts'
import { type EdgeStore, openStore } from '../../outbox/store.ts'
import { somePng } from '../../testing/camera-rig.suite.ts'
import { listen } from '../../testing/listen.ts'
import type { Camera } from './camera.ts'
import { isCandidate, lookAgain } from './complete-files.ts'
import { createCamera } from './create-camera.ts'

let root: string
let folder: string
let store: EdgeStore
let camera: Camera
let inspected: string[]
let problems: Problem[]

const open = () => {
  store = openStore({
    folder: join(root, 'data'),
    clock: systemClock,
    maxBytes: 2 ** 30,
    maxAgeMs: 3_600_000,
    commitMs: 10,
    onFault: () => {},
  })
}
const start = (more: Partial<CameraConfig> = {}, inspect?: (name: string) => Promise<void>) => {
  inspected = []
  problems = []
  camera = createCamera({
    data: join(root, 'data'),
    readText: () => '',
    random: () => 0.5,
    config: { id: 'aoi', kind: 'camera', folder, station: 'AOI-1', settleMs: 60, pollMs: 30, ...more },
    inspector: async () => ({
      inspect: async (_path, name) => {
        await inspect?.(name)
        inspected.push(name)
        return {
          image: 'elsewhere',
          verdict: 'review',
          error: { code: 'MW-1021', message: name },
          defects: [],
          score: null,
        } as InspectionLine
      },
    }),
    store,
    clock: systemClock,
    onProblem: problem => void problems.push(problem),
  })
  const heard = listen()
  camera.start(heard)
  return heard
}
const stop = async () => {
  await camera.stop()
  await store.close()
}
const eventually = (check: () => void, timeout = 8000) => vi.waitFor(check, { timeout, interval: 10 })
const items = () => store.outbox.read(0, 100_000)
const names = (all: OutboxItem[]) => all.map(item => (item.kind === 'inspection' ? item.body.line.image : item.kind))
const put = (name: string, content: string | Uint8Array = name) => writeFileSync(join(folder, name), content)
/** A file that has lain there for an hour. */
const putOld = (name: string) => {
  put(name)
  utimesSync(join(folder, name), new Date(Date.now() - 3_600_000), new Date(Date.now() - 3_600_000))
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mw-camera-'))
  folder = join(root, 'captures')
  mkdirSync(folder)
  open()
})
afterEach(async () => {
  await stop()
  rmSync(root, { recursive: true, force: true })
})

describe('a capture folder', () => {
  it('each new file becomes one inspection, with its image stored and its own name and time', async () => {
    start()
    put('P1_white.png')
    await eventually(() => expect(items()).toHaveLength(1))
    const [item] = items()
    if (item?.kind !== 'inspection') throw new Error('no inspection')
    const { body } = item
    expect(body).toMatchObject({ station: 'AOI-1', bytes: 12, mediaType: 'image/png', line: { image: 'P1_white.png' } })
    expect(body.id).toBe(`AOI-1:${body.sha256}:P1_white.png`)
    expect(body.t).toBe(Math.round(statSync(join(folder, 'P1_white.png')).mtimeMs))
    expect(store.images.has(body.sha256)).toBe(true)
  })

  it('a file that grows is not read before it stands still; temporary names are left alone', async () => {
    start()
    put('growing.png', '1')
    put('half.png.part')
    put('.hidden.png')
    put('notes.txt')
    for (let size = 2; size < 12; size += 1) {
      await eventually(() => expect(readdirSync(folder)).toContain('growing.png'))
      put('growing.png', 'x'.repeat(size))
      expect(inspected).toEqual([])
    }
    await eventually(() => expect(inspected).toEqual(['growing.png']))
    renameSync(join(folder, 'half.png.part'), join(folder, 'half.png'))
    await eventually(() => expect(inspected).toEqual(['growing.png', 'half.png']))
    const [item] = items()
    expect(item?.kind === 'inspection' && item.body.bytes).toBe(11)
  })

  it('a half-written image is never read, however long it stands still; whole, it is', async () => {
    const whole = somePng(4, 60)
    start({ incompleteMs: 60_000 })
    put('slow.png', whole.subarray(0, 90))
    // Its length taken beforehand, its time set back: as copy tools and shares do.
    put('preallocated.png', Buffer.concat([whole.subarray(0, 60), Buffer.alloc(whole.length - 60)]))
    utimesSync(join(folder, 'preallocated.png'), 1, 1)
    // Others behind them do not wait.
    put('other.png', somePng(5))
    await eventually(() => expect(inspected).toEqual(['other.png']))
    put('last.png', somePng(6))
    await eventually(() => expect(inspected).toEqual(['other.png', 'last.png']))
    put('slow.png', whole)
    put('preallocated.png', somePng(7, 60))
    await eventually(() =>
      expect(inspected.toSorted()).toEqual(['last.png', 'other.png', 'preallocated.png', 'slow.png']),
    )
    expect(problems).toEqual([])
  })

  it('an image that stays half is judged as it is after its time, so that nobody waits for it in vain', async () => {
    start({ incompleteMs: 400 })
    put('half.png', somePng(4, 60).subarray(0, 90))
    await eventually(() => expect(inspected).toEqual(['half.png']))
  })

  it('10,000 that lie there begin at once, in order, and one that a station waits for goes before them', async () => {
    const hour = Date.now() / 1000 - 3600
    for (let index = 0; index < 10_000; index += 1) {
      // In another order than that of their names.
      const name = `P${String((index * 7919) % 10_000).padStart(4, '0')}_white.png`
      writeFileSync(join(folder, name), name)
      utimesSync(join(folder, name), hour + index / 100, hour + index / 100)
    }
    const began = performance.now()
    start()
    await eventually(() => expect(inspected.length).toBeGreaterThanOrEqual(1))
    const first = performance.now() - began
    await eventually(() => expect(inspected.length).toBeGreaterThanOrEqual(50))
    expect(inspected.slice(0, 50)).toEqual(
      Array.from({ length: 50 }, (_, index) => `P${String((index * 7919) % 10_000).padStart(4, '0')}_white.png`),
    )
    expect(first).toBeLessThan(5000)
    const since = Date.now()
    put('NOW_white.png', somePng(1))
    const event = await camera.capture({ since, signal: AbortSignal.timeout(8000) })
    expect(event?.line.image).toBe('NOW_white.png')
    expect(inspected.length).toBeLessThan(5000)
  }, 60_000)

  it('a file that is done and came back (a power cut undid its removal) is put away, not taken again', async () => {
    start({ after: 'delete' })
    const path = join(folder, 'P1_surface.png')
    const png = somePng(1)
    const taken = new Date('2026-01-01T00:00:00Z')
    writeFileSync(join(root, 'elsewhere.png'), png)
    utimesSync(join(root, 'elsewhere.png'), taken, taken)
    renameSync(join(root, 'elsewhere.png'), path)
    await eventually(() => expect(inspected).toEqual(['P1_surface.png']))
    await eventually(() => expect(existsSync(path)).toBe(false))
    await stop()
    writeFileSync(path, png)
    utimesSync(path, taken, taken)
    open()
    start({ after: 'delete' })
    await eventually(() => expect(existsSync(path)).toBe(false))
    expect(inspected).toEqual([])
  })

  it('what lies there already is taken once, across restarts', async () => {
    for (let index = 0; index < 300; index += 1) putOld(`P${String(index).padStart(3, '0')}_white.png`)
    start()
    await eventually(() => expect(items().length).toBeGreaterThan(50), 20_000)
    // Stopped in the middle of it.
    await stop()
    open()
    start()
    await eventually(() => expect(items()).toHaveLength(300), 20_000)
    const all = names(items())
    expect(new Set(all).size).toBe(300)
    await stop()
    open()
    start()
    put('later.png')
    await eventually(() => expect(items()).toHaveLength(301))
    expect(inspected).toEqual(['later.png'])
  }, 60_000)

  it('the same name with other content is another capture; touched without a change it is not', async () => {
    start()
    put('a.png', 'one')
    await eventually(() => expect(items()).toHaveLength(1))
    await stop()
    open()
    putOld('a.png')
    writeFileSync(join(folder, 'a.png'), 'one')
    start()
    put('b.png', 'two')
    await eventually(() => expect(inspected).toEqual(['b.png']))
    rmSync(join(folder, 'a.png'))
    await eventually(() => expect(readdirSync(folder)).toEqual(['b.png']))
    put('c.png', 'three')
    await eventually(() => expect(inspected).toEqual(['b.png', 'c.png']))
    put('a.png', 'four')
    await eventually(() => expect(inspected).toEqual(['b.png', 'c.png', 'a.png']))
  })

  it('deletes or moves what is recorded, where told so, and keeps the image until it is confirmed', async () => {
    start({ after: 'move' })
    put('m.png')
    await eventually(() => expect(existsSync(join(folder, 'done', 'm.png'))).toBe(true))
    await stop()
    open()
    start({ after: 'delete' })
    put('d.png')
    await eventually(() => expect(existsSync(join(folder, 'd.png'))).toBe(false))
    const all = items()
    expect(names(all)).toEqual(['m.png', 'd.png'])
    expect(all.every(item => item.kind === 'inspection' && store.images.has(item.body.sha256))).toBe(true)
  })

  it('a folder that is away is said, and taken up when it returns', async () => {
    renameSync(folder, `${folder}-away`)
    const heard = start()
    await eventually(() => expect(heard.states).toEqual(['offline']))
    renameSync(`${folder}-away`, folder)
    put('back.png')
    await eventually(() => expect(inspected).toEqual(['back.png']))
    expect(heard.states).toEqual(['offline', 'online'])
  })

  it('an inspector that breaks is named, and the file is taken again', async () => {
    let broken = true
    start({}, async () => {
      if (broken) throw new Error('no runtime')
    })
    put('x.png')
    await eventually(() => expect(problems.map(({ code }) => code)).toEqual(['MW-1026']))
    expect(items()).toEqual([])
    broken = false
    await eventually(() => expect(inspected).toEqual(['x.png']), 12_000)
  }, 20_000)
})

describe('complete files', () => {
  it.each([
    ['a.png', true],
    ['A.JPEG', true],
    ['a.png.tmp', false],
    ['a.part.png', false],
    ['~a.png', false],
    ['a.png~', false],
    ['.a.png', false],
    ['a.pdf', false],
  ])('%s', (name, is) => expect(isCandidate(name)).toBe(is))
  const file = (name: string, size: number, modified: number) => ({ name, size, modified })
  it('complete after standing still for the settling time', () => {
    const first = lookAgain(new Map(), [file('a', 5, 1000)], 1000, 300)
    expect(first.settled).toEqual([])
    expect(lookAgain(first.watched, [file('a', 5, 1000)], 1299, 300).settled).toEqual([])
    expect(lookAgain(first.watched, [file('a', 6, 1000)], 1300, 300).settled).toEqual([])
    expect(lookAgain(first.watched, [file('a', 5, 1000)], 1300, 300).settled).toHaveLength(1)
  })
  it('old files at once, in order of time; empty ones never', () => {
    const seen = [file('b', 1, 20), file('c', 1, 10), file('a', 1, 20), file('empty', 0, 5)]
    expect(lookAgain(new Map(), seen, 100_000, 300).settled.map(({ facts }) => facts.name)).toEqual(['c', 'a', 'b'])
  })
  it('what lay there before the first look has come when it was written, never for a trigger of now', () => {
    const come = (before: ReturnType<typeof lookAgain>['watched'] | undefined, modified: number) =>
      lookAgain(before, [file('a', 5, modified)], 100_000, 300).watched.get('a')?.firstSeen
    expect(come(undefined, 1000)).toBe(1000)
    expect(come(undefined, 100_500)).toBe(100_000)
    expect(come(new Map(), 1000)).toBe(100_000)
  })
})
