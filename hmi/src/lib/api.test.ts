import { routes } from '@millwright/contract'
import { afterEach, expect, test, vi } from 'vitest'
import { ApiError, call, fileUrl, onSignedOut, urlOf } from './api.ts'
import { mayCall } from './session.ts'

afterEach(() => vi.unstubAllGlobals())

const answer = (status: number, body: unknown) => {
  const fetched = vi.fn(async (_url: string, _init: RequestInit) => new Response(JSON.stringify(body), { status }))
  vi.stubGlobal('fetch', fetched)
  return fetched
}

test('parameters are escaped and absent query parts left out', () => {
  const path = routes.getInspection.path
  expect(urlOf(path, { params: { id: 'AOI-1:ab/c d' } })).toBe('/api/inspections/AOI-1%3Aab%2Fc%20d')
  expect(urlOf('/x', { query: { a: 1, b: undefined } })).toBe('/x?a=1')
  expect(fileUrl('getImage', { params: { id: 'ff' }, query: { width: 320 } })).toBe('/api/images/ff?width=320')
})

test('a call sends its method and body as JSON', async () => {
  const fetched = answer(200, { user: {} })
  await call('setLang', { body: { lang: 'en' } })
  const [url, init] = fetched.mock.calls[0] ?? []
  expect([url, init?.method, init?.body]).toEqual(['/api/session', 'PATCH', '{"lang":"en"}'])
})

test('a refusal becomes an error with the server’s code, text and status', async () => {
  answer(403, { code: 'MW-2002', message: { zh: '无权', en: 'may not' }, place: '/x' })
  await expect(call('listUsers')).rejects.toMatchObject({
    status: 403,
    code: 'MW-2002',
    text: { en: 'may not' },
    place: '/x',
  })
})

test('an answer of another shape is an unexpected one, a dead gateway or network is no answer', async () => {
  answer(400, ['?'])
  await expect(call('listUsers')).rejects.toMatchObject({ code: 'unexpected', status: 400 })
  answer(502, 'bad gateway')
  await expect(call('listUsers')).rejects.toMatchObject({ code: 'network', status: 0 })
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('refused')))
  await expect(call('listUsers')).rejects.toBeInstanceOf(ApiError)
})

test('a lost session is told, a wrong password is not', async () => {
  let told = 0
  const leave = onSignedOut(() => {
    told += 1
  })
  answer(401, { code: 'MW-2001', message: { zh: '', en: '' } })
  await expect(call('listTags')).rejects.toThrow()
  expect(told).toBe(1)
  await expect(call('signIn', { body: { name: 'a', password: 'b' } })).rejects.toThrow()
  expect(told).toBe(1)
  leave()
})

test('an operator is not offered what only others may do', () => {
  expect(mayCall('acknowledgeAlarm', 'operator')).toBe(true)
  expect(mayCall('writeTag', 'operator')).toBe(false)
  expect(mayCall('listUsers', 'planner')).toBe(false)
  expect(mayCall('listTags', undefined)).toBe(false)
  expect(mayCall('putImage', 'administrator')).toBe(false)
})
