import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CameraRig, createCameraRig, eventually, somePng } from '../../testing/camera-rig.suite.ts'

const there = process.env.CI !== undefined || spawnSync('gst-launch-1.0', ['--version']).status === 0
if (!there)
  process.stderr.write(
    'GStreamer pipelines are skipped: gst-launch-1.0 is missing (Debian: gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good)\n',
  )

let rig: CameraRig
beforeEach(() => {
  rig = createCameraRig()
})
afterEach(() => rig.destroy())

const LIVE = 'videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=20/1'
const start = (pipeline: object, more: object = {}) =>
  rig.start({ pipeline: { elements: LIVE, latencyMs: 0, ...pipeline }, ...more })

describe.skipIf(!there)('a GStreamer pipeline', () => {
  it('has a frame inspected so often, each under its own name and time', async () => {
    const { heard } = start({ everyMs: 100, pattern: 'white' })
    await eventually(() => expect(rig.events().length).toBeGreaterThanOrEqual(5))
    expect(heard.states).toContain('online')
    const names = rig.events().map(({ line }) => line.image)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^aoi-\d{8}T\d{9}Z_white\.png$/)
    const times = rig.events().map(({ t }) => t)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  it('gives a trigger the first frame from after it, as JPEG too, under the name of the part', async () => {
    const { camera, heard } = start({ format: 'jpeg', pattern: 'black' })
    await eventually(() => expect(heard.states.at(-1)).toBe('online'))
    const since = Date.now()
    const event = await camera.capture({ since, panel: 'P 7/1', signal: AbortSignal.timeout(5000) })
    expect(event).toMatchObject({ line: { image: 'P-7-1_black.jpg' } })
    await event!.durable
    expect(rig.events()).toMatchObject([{ mediaType: 'image/jpeg', t: event!.t, line: { image: 'P-7-1_black.jpg' } }])
    expect(event!.t).toBeGreaterThanOrEqual(since)
    expect(event!.t).toBeLessThan(since + 1000)
    // Nothing else is inspected.
    expect(rig.inspected).toEqual(['P-7-1_black.jpg'])
    expect(await camera.capture({ since: Date.now() + 60_000, signal: AbortSignal.timeout(50) })).toBeUndefined()
  })

  it('reads a file, and is started again when it ends', async () => {
    const file = join(rig.root, 'still.png')
    writeFileSync(file, somePng(9, 64))
    const { camera, heard } = start({ elements: `filesrc location=${file} ! pngdec ! imagefreeze num-buffers=3` })
    await eventually(
      () => expect(heard.states.filter(state => state === 'online').length).toBeGreaterThanOrEqual(3),
      20_000,
    )
    expect(heard.states).toContain('offline')
    const event = await camera.capture({ since: Date.now(), signal: AbortSignal.timeout(10_000) })
    expect(event?.line.image).toMatch(/^aoi-.*_surface\.png$/)
  }, 40_000)

  it('that stalls is started again, and said', async () => {
    const { heard } = start({
      elements: `${LIVE} ! identity error-after=-1 drop-probability=0 ! valve drop=false`,
      stallMs: 300,
    })
    await eventually(() => expect(heard.states.at(-1)).toBe('online'))
    await rig.stop()
    // Ten frames, then silence without an end.
    const silent =
      'videotestsrc num-buffers=10 ! video/x-raw,width=64,height=64,framerate=10/1 ! concat name=c fakesrc is-live=true num-buffers=-1 sizetype=empty ! video/x-raw ! c.'
    const again = start({ elements: silent, stallMs: 300 })
    await eventually(() => expect(again.heard.states).toContain('offline'), 20_000)
  }, 40_000)

  it('that cannot run is offline with what GStreamer says', async () => {
    const { heard } = start({ elements: 'nosuchsource' })
    await eventually(() => expect(heard.states).toContain('offline'))
  })

  it('frames that find no room are counted and said, and taken again when there is room', async () => {
    let go: () => void = () => {}
    rig.inspect = () =>
      new Promise(resolve => {
        go = resolve
      })
    const { heard } = start({ everyMs: 20 }, { queueMb: 0.005 })
    await eventually(() => expect(heard.alarms.some(({ active }) => active)).toBe(true))
    rig.inspect = async () => {}
    go()
    await eventually(() => expect(heard.alarms.at(-1)?.active).toBe(false))
    expect(heard.alarms[0]?.message.en).toContain('left out')
  })
})

it('a command that is not there is offline, and tried again', async () => {
  const { heard } = start({ command: join(rig.root, 'no-such-gst') })
  await eventually(() => expect(heard.states.filter(state => state === 'connecting').length).toBeGreaterThan(1))
  expect(heard.states.filter(state => state === 'offline')).toHaveLength(1)
})
