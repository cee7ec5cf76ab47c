import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../ingest/scripted-agent.suite.ts'
import { PASSWORD, type PlantRig, SECRETS, startPlantRig, tagDefinition } from '../testing/plant-rig.ts'

let rig: PlantRig
beforeAll(async () => {
  rig = await startPlantRig()
})
afterAll(() => rig.end())

const TAG = 'primary/dryer/outlet_moisture'
const T0 = 1_764_000_000_000
type Options = { headers?: Record<string, string>; payload?: object | Buffer; remoteAddress?: string }
const call = (method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, options: Options = {}) =>
  rig.plant.app.inject({ method, url, ...options })
const bearer = async (role: Parameters<PlantRig['token']>[0]) => ({ authorization: `Bearer ${await rig.token(role)}` })
const local = () => ({ authorization: `Bearer ${rig.plant.localToken}` })

describe('sessions', () => {
  const signIn = (name: string, password: string, headers = {}) =>
    call('POST', '/api/session', { payload: { name, password }, headers })

  it('signing in gives a token and a cookie that script cannot read and other sites do not send', async () => {
    const reply = await signIn('planner', PASSWORD)
    expect(reply.statusCode).toBe(200)
    const cookie = String(reply.headers['set-cookie'])
    expect(cookie).toMatch(/^mw_session=[\w-]{43};/)
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toContain('SameSite=Strict')
    const me = await call('GET', '/api/session', { headers: { cookie: cookie.split(';')[0]! } })
    expect(me.json()).toMatchObject({ user: { name: 'planner', role: 'planner' }, timeZone: 'Asia/Shanghai' })
    expect(reply.body).not.toContain('hash')
  })

  it('a wrong password and a name that does not exist are refused alike', async () => {
    const [wrong, nobody] = [await signIn('planner', 'x'), await signIn('mallory', 'x')]
    expect(wrong.statusCode).toBe(401)
    expect(wrong.json()).toEqual(nobody.json())
    expect(wrong.json().code).toBe('MW-2003')
  })

  it('signing out ends the session', async () => {
    const { token } = (await signIn('planner', PASSWORD)).json()
    const headers = { authorization: `Bearer ${token}` }
    expect((await call('DELETE', '/api/session', { headers })).statusCode).toBe(200)
    expect((await call('GET', '/api/session', { headers })).statusCode).toBe(401)
  })

  it('a cookie changes something only from our own pages', async () => {
    const cookie = String((await signIn('planner', PASSWORD)).headers['set-cookie']).split(';')[0]!
    const change = (headers: Record<string, string>) =>
      call('PATCH', '/api/session', { headers: { cookie, host: 'plant:8080', ...headers }, payload: { lang: 'en' } })
    expect((await change({})).json().code).toBe('MW-2015')
    expect((await change({ origin: 'http://evil.example' })).json().code).toBe('MW-2015')
    expect((await change({ origin: 'http://plant:8080' })).json()).toMatchObject({ user: { lang: 'en' } })
    expect((await signIn('planner', PASSWORD, { origin: 'http://evil.example' })).json().code).toBe('MW-2015')
  })

  it('the local token acts as a user by name; a session may not', async () => {
    const as = { 'x-millwright-user': 'planner' }
    const reply = await call('GET', '/api/session', { headers: { ...local(), ...as } })
    expect(reply.json().user.role).toBe('planner')
    const own = await call('GET', '/api/session', { headers: { ...(await bearer('administrator')), ...as } })
    expect(own.json().user.role).toBe('administrator')
    const refused = await call('GET', '/api/users', { headers: { ...local(), ...as } })
    expect(refused.json().code).toBe('MW-2002')
  })
})

describe('users', () => {
  const body = { name: 'li', role: 'operator', lang: 'zh', password: 'long enough pw', reason: 'new' }
  it('are created, changed, disabled, with an audit record each, and never shown with a password', async () => {
    const headers = await bearer('administrator')
    expect((await call('POST', '/api/users', { headers, payload: body })).statusCode).toBe(200)
    expect((await call('POST', '/api/users', { headers, payload: body })).json().code).toBe('MW-2012')
    const { token } = (await call('POST', '/api/session', { payload: { name: 'li', password: body.password } })).json()
    const off = await call('PATCH', '/api/users/li', { headers, payload: { disabled: true, reason: 'left' } })
    expect(off.json()).toMatchObject({ disabled: true })
    expect((await call('GET', '/api/session', { headers: { authorization: `Bearer ${token}` } })).statusCode).toBe(401)
    const again = await call('POST', '/api/session', { payload: { name: 'li', password: body.password } })
    expect(again.json().code).toBe('MW-2003')
    const audit = await call('GET', '/api/audit?limit=2', { headers })
    expect(audit.json().map((record: { action: string }) => record.action)).toEqual(['user.change', 'user.create'])
    expect((await call('GET', '/api/audit/check', { headers })).json().ok).toBe(true)
    expect((await call('GET', '/api/users', { headers })).body).not.toMatch(/password|hash/i)
  })
  it('the last administrator stays', async () => {
    const headers = await bearer('administrator')
    const reply = await call('PATCH', '/api/users/administrator', {
      headers,
      payload: { role: 'operator', reason: '' },
    })
    expect(reply.statusCode).toBe(409)
    expect(reply.json().code).toBe('MW-2011')
  })
})

describe('tags and history', () => {
  beforeAll(async () => {
    await rig.plant.parts.tags.learn([tagDefinition(TAG)])
    const readings = Array.from({ length: 1000 }, (_, i) => ({
      tag: TAG,
      t: T0 + i * 1000,
      value: i,
      quality: 'good' as const,
    }))
    await rig.plant.parts.readings.append([{ agent: 'primary', sequence: 1, readings }])
  })
  const history = async (query: string) =>
    (await call('GET', `/api/history?tag=${TAG}&${query}`, { headers: await bearer('operator') })).json()

  it('every stored value by ISO time or by ms', async () => {
    const iso = (t: number) => encodeURIComponent(new Date(T0 + t).toISOString())
    const byIso = await history(`from=${iso(0)}&to=${iso(2000)}`)
    expect(byIso).toEqual({
      tag: TAG,
      unit: '%',
      points: [0, 1, 2].map(i => [T0 + i * 1000, i, 'good']),
    })
    expect(await history(`from=${T0}&to=${T0 + 2000}`)).toEqual(byIso)
  })
  it('at most the points asked for', async () => {
    const { points } = await history(`from=${T0}&to=${T0 + 1e6}&points=50`)
    expect(points.length).toBeLessThanOrEqual(50)
    expect(points[0][1]).toBe(0)
    expect(points.at(-1)[1]).toBe(999)
  })
  it('a time that is none, a tag that is none, all faults of a query at once', async () => {
    expect((await history('from=yesterday&to=1')).code).toBe('MW-0101')
    const unknown = await call('GET', '/api/history?tag=a/b&from=0&to=1', { headers: await bearer('operator') })
    expect(unknown.statusCode).toBe(404)
    const all = await call('GET', '/api/history?points=1', { headers: await bearer('operator') })
    expect(all.statusCode).toBe(400)
    for (const name of ['tag', 'from', 'to']) expect(all.json().message.en).toContain(name)
  })
  it('by the minute, the value that held and the mean weighted by time with it', async () => {
    const headers = await bearer('operator')
    const minute = Math.ceil(T0 / 60_000) * 60_000
    const first = (minute - T0) / 1000
    const url = `/api/history/aggregates?tag=${TAG}&from=${minute}&to=${minute + 59_999}&interval=minute`
    const { buckets, ...about } = (await call('GET', url, { headers })).json()
    expect(about).toEqual({ tag: TAG, unit: '%', interval: 'minute' })
    const mean = first + 29.5
    expect(buckets).toEqual([
      {
        t: minute,
        n: 60,
        min: first,
        max: first + 59,
        avg: mean,
        last: first + 59,
        timeWeighted: mean,
        quality: 'good',
        good: 1,
      },
    ])
    const long = await call('GET', `/api/history/aggregates?tag=${TAG}&from=0&to=${T0}&interval=second`, { headers })
    expect(long.json().code).toBe('MW-2070')
  })
  it('export is for those who may, is on record, and leaves no file behind', async () => {
    const url = `/api/history/export?tags=primary/dryer/*&from=${T0}&to=${T0 + 2000}&format=csv`
    expect((await call('GET', url, { headers: await bearer('operator') })).json().code).toBe('MW-2002')
    const headers = await bearer('process_engineer')
    const reply = await call('GET', url, { headers })
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(reply.body.trimEnd().split('\n')).toHaveLength(4)
    expect((await call('GET', url.replace('primary/dryer', 'no'), { headers })).json().code).toBe('MW-2004')
    const [record] = await rig.plant.parts.audit.list(1)
    expect(record).toMatchObject({ action: 'history.export', subject: 'primary/dryer/*', after: { rows: 3 } })
    const left = () => readdirSync(join(rig.folder, 'exports'))
    await until(() => left().length === 0, 'the file to be gone')
  })
  it('a delete is for administrators, needs a reason, and is on record', async () => {
    const other = 'primary/dryer/to_delete'
    await rig.plant.parts.readings.append([
      {
        agent: 'primary',
        sequence: 2,
        readings: [1, 2, 3].map(i => ({ tag: other, t: T0 + i, value: i, quality: 'good' })),
      },
    ])
    const payload = { tag: other, from: T0 + 2, to: T0 + 3, reason: 'sensor was wired wrongly' }
    const refused = await call('POST', '/api/history/delete', { headers: await bearer('process_engineer'), payload })
    expect(refused.json().code).toBe('MW-2002')
    const headers = await bearer('administrator')
    const { reason: _none, ...noReason } = payload
    expect((await call('POST', '/api/history/delete', { headers, payload: noReason })).json().code).toBe('MW-0101')
    expect((await call('POST', '/api/history/delete', { headers, payload })).json()).toEqual({ removed: 2 })
    expect(await rig.plant.parts.readings.raw(other, T0, T0 + 10)).toHaveLength(1)
    const [record] = await rig.plant.parts.audit.list(1)
    expect(record).toMatchObject({
      action: 'history.delete',
      subject: other,
      before: { values: 2 },
      reason: payload.reason,
    })
  })
  it('the value at a time', async () => {
    const at = await call('GET', `/api/value-at?tag=${TAG}&at=${T0 + 1500}`, { headers: await bearer('planner') })
    expect(at.json()).toMatchObject({ value: 1, t: T0 + 1000 })
    const before = await call('GET', `/api/value-at?tag=${TAG}&at=${T0 - 1}`, { headers: await bearer('planner') })
    expect(before.json()).toBeNull()
  })
})

describe('images', () => {
  const agent = { authorization: `Basic ${Buffer.from(`primary:${SECRETS.get('primary')}`).toString('base64')}` }
  it('are stored under their hash only, served as what they are, with thumbnails', async () => {
    const png = await sharp({ create: { width: 400, height: 200, channels: 3, background: '#456' } })
      .png()
      .toBuffer()
    const id = createHash('sha256').update(png).digest('hex')
    const put = (as: string) =>
      call('PUT', `/api/images/${as}`, { headers: { ...agent, 'content-type': 'image/png' }, payload: png })
    expect((await put('0'.repeat(64))).json().code).toBe('MW-2010')
    expect((await put('../../etc/passwd')).statusCode).toBe(404)
    for (let i = 0; i < 2; i += 1) expect((await put(id)).statusCode).toBe(200)
    const headers = await bearer('qa_engineer')
    const full = await call('GET', `/api/images/${id}`, { headers })
    expect(full.headers['content-type']).toBe('image/png')
    expect(full.rawPayload.equals(png)).toBe(true)
    const small = await call('GET', `/api/images/${id}?width=100`, { headers })
    expect(await sharp(small.rawPayload).metadata()).toMatchObject({ width: 100, height: 50, format: 'jpeg' })
    expect((await call('GET', `/api/images/${'f'.repeat(64)}`, { headers })).statusCode).toBe(404)
  })
  it('what is no image is stored but never served as one', async () => {
    const html = Buffer.from('<script>alert(1)</script>')
    const id = createHash('sha256').update(html).digest('hex')
    await call('PUT', `/api/images/${id}`, { headers: { ...agent, 'content-type': 'image/png' }, payload: html })
    const headers = await bearer('qa_engineer')
    const reply = await call('GET', `/api/images/${id}`, { headers })
    expect(reply.headers['content-type']).toBe('application/octet-stream')
    expect((await call('GET', `/api/images/${id}?width=100`, { headers })).json().code).toBe('MW-1021')
  })
})

describe('around the API', () => {
  it('health and documentation are open on loopback, elsewhere for people signed in', async () => {
    const remoteAddress = '10.1.2.3'
    for (const url of ['/healthz', '/docs/json']) {
      expect((await call('GET', url)).statusCode).toBe(200)
      expect((await call('GET', url, { remoteAddress })).statusCode).toBe(401)
      expect((await call('GET', url, { remoteAddress, headers: await bearer('operator') })).statusCode).toBe(200)
    }
  })
  it('the documentation names every route with its access', async () => {
    const { paths } = (await call('GET', '/docs/json')).json()
    expect(Object.keys(paths).length).toBeGreaterThan(40)
    expect(paths['/api/users'].post.description).toBe('Access: administrator')
  })
  it('metrics are for administrators and the local token', async () => {
    expect((await call('GET', '/metrics')).statusCode).toBe(401)
    expect((await call('GET', '/metrics', { headers: await bearer('planner') })).statusCode).toBe(403)
    const text = (await call('GET', '/metrics', { headers: local() })).body
    expect(text).toContain('millwright_readings_stored_total')
  })
  it('what is not there, not JSON or too large is coded', async () => {
    const headers = await bearer('planner')
    expect((await call('GET', '/api/nothing', { headers })).json().code).toBe('MW-2004')
    const broken = await rig.plant.app.inject({
      method: 'POST',
      url: '/api/session',
      headers: { 'content-type': 'application/json' },
      payload: '{',
    })
    expect(broken.json().code).toBe('MW-0104')
    const large = await call('POST', '/api/session', { payload: { name: 'x'.repeat(2e6), password: '' } })
    expect(large.statusCode).toBe(413)
    expect(large.json().code).toBe('MW-2018')
  })
  it('what is our fault says nothing of our inside', async () => {
    const broken = await startPlantRig()
    await broken.plant.parts.db.destroy()
    const reply = await broken.plant.app.inject({
      method: 'GET',
      url: '/api/alarms',
      headers: { authorization: `Bearer ${broken.plant.localToken}` },
    })
    expect(reply.statusCode).toBe(500)
    expect(reply.json().code).toBe('MW-0103')
    expect(reply.body).not.toMatch(/driver|destroyed|\.ts/i)
    await broken.end().catch(() => undefined)
  })
  it('too many attempts to sign in are refused', async () => {
    const strict = await startPlantRig({ limits: { requests: 1000, signIns: 3, images: 10 } })
    const attempt = () =>
      strict.plant.app.inject({ method: 'POST', url: '/api/session', payload: { name: 'a', password: 'b' } })
    const codes: string[] = []
    for (let i = 0; i < 5; i += 1) codes.push((await attempt()).json().code)
    expect(codes).toEqual(['MW-2003', 'MW-2003', 'MW-2003', 'MW-2005', 'MW-2005'])
    await strict.end()
  })
})
