import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CameraRig, createCameraRig, eventually, somePng, TOKEN } from '../../testing/camera-rig.suite.ts'

let rig: CameraRig
beforeEach(() => {
  rig = createCameraRig()
})
afterEach(() => rig.destroy())

const PUSH = { push: { port: 0, tokenFile: 'x', maxMb: 0.01 } }
const begin = async (more: object = {}) => {
  const started = rig.start({ ...PUSH, ...more })
  return { ...started, at: `http://127.0.0.1:${await started.port}` }
}
const post = (at: string, name: string, body: Uint8Array = somePng(1), more: RequestInit = {}) =>
  fetch(`${at}/captures/${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}` },
    body: body as never,
    ...more,
  })
const queue = () => readdirSync(join(rig.root, 'data', 'queue', 'aoi'))

describe('a camera that sends its pictures', () => {
  it('is answered when the picture is on the disk, and has it inspected under its name and time', async () => {
    const { at } = await begin()
    const taken = Date.now() - 5000
    const reply = await post(at, 'P1_white.png', somePng(7), {
      headers: { authorization: `Bearer ${TOKEN}`, 'x-captured-at': String(taken) },
    })
    expect(reply.status).toBe(201)
    expect(await reply.json()).toEqual({ name: 'P1_white.png', bytes: somePng(7).length, t: taken })
    await eventually(() => expect(rig.events()).toHaveLength(1))
    const [event] = rig.events()
    expect(event).toMatchObject({ station: 'AOI-1', t: taken, mediaType: 'image/png', line: { image: 'P1_white.png' } })
    expect(rig.store.images.has(event!.sha256)).toBe(true)
    await eventually(() => expect(queue()).toEqual([]))
  })

  it('pictures that come faster than they are inspected wait in order, over a restart, and none is done twice', async () => {
    rig.inspect = () => new Promise(resolve => setTimeout(resolve, 40))
    const { at } = await begin()
    for (let index = 0; index < 20; index += 1)
      expect((await post(at, `p${index}.png`, somePng(index))).status).toBe(201)
    expect(rig.inspected.length).toBeLessThan(20)
    await rig.stop()
    await begin()
    await eventually(() => expect(rig.events()).toHaveLength(20))
    expect(rig.events().map(({ line }) => line.image)).toEqual(Array.from({ length: 20 }, (_, i) => `p${i}.png`))
    await eventually(() => expect(queue()).toEqual([]))
  })

  it('the same picture sent again is one capture', async () => {
    const { at } = await begin()
    for (let time = 0; time < 3; time += 1) expect((await post(at, 'same.png')).status).toBe(201)
    expect((await post(at, 'other.png')).status).toBe(201)
    await eventually(() => expect(rig.events().map(({ line }) => line.image)).toEqual(['same.png', 'other.png']))
  })

  const whole = somePng(3)
  it.each<[string, number, string, (at: string) => Promise<Response>]>([
    ['no token', 401, 'MW-1041', at => post(at, 'a.png', whole, { headers: {} })],
    ['a wrong token', 401, 'MW-1041', at => post(at, 'a.png', whole, { headers: { authorization: 'Bearer secret' } })],
    ['another path', 404, 'MW-1040', at => fetch(`${at}/`, { headers: { authorization: `Bearer ${TOKEN}` } })],
    [
      'another method',
      405,
      'MW-1040',
      at => fetch(`${at}/captures/a.png`, { headers: { authorization: `Bearer ${TOKEN}` } }),
    ],
    ['a name that climbs', 400, 'MW-1040', at => post(at, '..%2f..%2fetc.png')],
    ['a name of another kind', 400, 'MW-1040', at => post(at, 'a.exe')],
    ['a name that is too long', 400, 'MW-1040', at => post(at, `${'a'.repeat(200)}.png`)],
    ['too large, as announced', 413, 'MW-1042', at => post(at, 'a.png', Buffer.alloc(20_000, 1))],
    ['too large, in parts', 413, 'MW-1042', at => post(at, 'a.png', undefined, parts(20))],
    ['nothing', 415, 'MW-1044', at => post(at, 'a.png', new Uint8Array())],
    ['text', 415, 'MW-1044', at => post(at, 'a.png', Buffer.from('<html>'))],
    ['half a picture', 415, 'MW-1044', at => post(at, 'a.png', whole.subarray(0, -20))],
  ])('%s: %i %s, and the next picture is taken', async (_name, status, code, ask) => {
    const { at } = await begin()
    const reply = await ask(at)
    expect(reply.status).toBe(status)
    expect(await reply.json()).toMatchObject({ code, message: { zh: expect.any(String), en: expect.any(String) } })
    expect((await post(at, 'next.png')).status).toBe(201)
    await eventually(() => expect(rig.inspected).toEqual(['next.png']))
    expect(queue().filter(name => name.endsWith('.part'))).toEqual([])
  })

  it('a full queue refuses, says so, and takes again when there is room', async () => {
    let go: () => void = () => {}
    rig.inspect = () =>
      new Promise(resolve => {
        go = resolve
      })
    const size = somePng(1, 100).length
    const { at, heard } = await begin({ queueMb: (2.5 * size) / 2 ** 20 })
    expect((await post(at, 'a.png', somePng(1, 100))).status).toBe(201)
    expect((await post(at, 'b.png', somePng(2, 100))).status).toBe(201)
    const refused = await post(at, 'c.png', somePng(3, 100))
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('5')
    expect(await refused.json()).toMatchObject({ code: 'MW-1043' })
    expect(heard.alarms.map(({ active }) => active)).toEqual([true])
    rig.inspect = async () => {}
    go()
    await eventually(() => expect(rig.inspected).toEqual(['a.png', 'b.png']))
    expect((await post(at, 'c.png', somePng(3, 100))).status).toBe(201)
    expect(heard.alarms.map(({ active }) => active)).toEqual([true, false])
  })

  it('a picture that breaks off leaves nothing', async () => {
    const { at } = await begin()
    const socket = connect(Number(new URL(at).port), '127.0.0.1')
    socket.on('error', () => {})
    socket.write(
      `POST /captures/a.png HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${TOKEN}\r\ncontent-length: 5000\r\n\r\nabc`,
    )
    await eventually(() => expect(queue()).toHaveLength(1))
    socket.destroy()
    await eventually(() => expect(queue()).toEqual([]))
    expect((await post(at, 'b.png')).status).toBe(201)
  })

  it('bytes that are no HTTP do no harm', async () => {
    const { at } = await begin()
    const socket = connect(Number(new URL(at).port), '127.0.0.1')
    socket.on('error', () => {})
    socket.resume()
    socket.write(Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 7919) & 0xff)))
    await new Promise(resolve => socket.on('close', resolve))
    expect((await post(at, 'b.png')).status).toBe(201)
  })
})

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
if (!hasOpenssl) process.stderr.write('HTTPS of the push camera is skipped: openssl is not installed\n')

describe.skipIf(!hasOpenssl)('a camera that sends its pictures by HTTPS', () => {
  const tls = () => {
    const [certFile, keyFile] = [join(rig.root, 'push.pem'), join(rig.root, 'push.key')]
    const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    const name = ['-subj', '/CN=push', '-addext', 'subjectAltName=IP:127.0.0.1']
    execFileSync('openssl', [...kind, ...name, '-keyout', keyFile, '-out', certFile], { stdio: 'ignore' })
    return { certFile, keyFile }
  }
  const send = (port: number, ca?: string) =>
    new Promise<number>((resolve, reject) => {
      const headers = { authorization: `Bearer ${TOKEN}` }
      const asked = request({ host: '127.0.0.1', port, path: '/captures/s.png', method: 'POST', headers, ca }, reply =>
        reply.resume().on('end', () => resolve(reply.statusCode ?? 0)),
      )
      asked.on('error', reject)
      asked.end(somePng(4))
    })

  it('is known by its certificate; plain HTTP and a client that does not know it bring nothing', async () => {
    const files = tls()
    const port = await rig.start({ push: { ...PUSH.push, tls: files } }).port
    await expect(send(port)).rejects.toThrow(/self-signed/)
    await expect(post(`http://127.0.0.1:${port}`, 'plain.png')).rejects.toThrow()
    expect(await send(port, readFileSync(files.certFile, 'utf8'))).toBe(201)
    await eventually(() => expect(rig.inspected).toEqual(['s.png']))
  })

  it('without a certificate that can be used it does not listen, and never falls back to plain HTTP', async () => {
    const files = tls()
    const started = rig.start({ push: { ...PUSH.push, tls: { ...files, keyFile: join(rig.root, 'none.key') } } })
    await eventually(() => expect(started.heard.states).toContain('offline'))
    const listening = await Promise.race([started.port.then(() => true), Promise.resolve(false)])
    expect(listening).toBe(false)
  })
})

/** A body of so many KiB without an announced length. */
function parts(kib: number): RequestInit {
  const body = new ReadableStream({
    start(controller) {
      for (let index = 0; index < kib; index += 1) controller.enqueue(new Uint8Array(1024).fill(1))
      controller.close()
    },
  })
  return { body, duplex: 'half' } as RequestInit
}
