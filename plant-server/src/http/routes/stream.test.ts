import { parser, ServerMessage } from '@millwright/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../ingest/scripted-agent.suite.ts'
import { type PlantRig, SECRETS, startPlantRig } from '../../testing/plant-rig.ts'

let rig: PlantRig
let url: string
beforeAll(async () => {
  rig = await startPlantRig()
  url = (await rig.plant.listen()).url.replace('http', 'ws')
})
afterAll(() => rig.end())

const message = parser(ServerMessage)

/** Node's own WebSocket takes headers. */
function open(headers: Record<string, string>) {
  const frames: ServerMessage[] = []
  const state = { opened: false, closed: undefined as number | undefined }
  const socket = new WebSocket(`${url}/api/stream`, { headers } as never)
  socket.onopen = () => {
    state.opened = true
  }
  socket.onclose = event => {
    state.closed = event.code
  }
  socket.onmessage = event => {
    const parsed = message.parse(JSON.parse(String(event.data)))
    if (parsed.ok) frames.push(parsed.value)
  }
  return { socket, frames, state }
}

describe('stream', () => {
  it('values of subscribed tags reach a person who is signed in', async () => {
    const { socket, frames, state } = open({ authorization: `Bearer ${await rig.token('operator')}` })
    await until(() => frames.length === 1, 'hello')
    socket.send(JSON.stringify({ type: 'subscribe', tags: ['a/*'] }))
    // The subscription has no answer of its own: the first value that comes shows that it is in force.
    await until(() => {
      const { live, hub } = rig.plant.parts
      hub.publishValues(live.update([{ tag: 'a/x', t: 1, value: 1, quality: 'good' }]))
      hub.publishValues(live.update([{ tag: 'b/x', t: 1, value: 1, quality: 'good' }]))
      return frames.some(frame => frame.type === 'values')
    }, 'values')
    const values = frames.flatMap(frame => (frame.type === 'values' ? frame.values : []))
    expect(new Set(values.map(value => value.tag))).toEqual(new Set(['a/x']))
    socket.send('{ no message')
    await until(() => state.closed !== undefined, 'closed')
    expect(state.closed).toBe(1007)
  })

  it.each([
    ['nobody', async () => ({})],
    ['a wrong token', async () => ({ authorization: 'Bearer nonsense' })],
    ['an agent', async () => ({ authorization: `Basic ${btoa(`primary:${SECRETS.get('primary')}`)}` })],
    [
      'a cookie from another site',
      async () => ({ cookie: `mw_session=${await rig.token('operator')}`, origin: 'http://evil.example' }),
    ],
  ])('%s gets nothing', async (_who, headers) => {
    const { frames, state } = open(await headers())
    await until(() => state.closed !== undefined, 'closed')
    expect(state.opened).toBe(false)
    expect(frames).toEqual([])
  })

  it('a browser with its cookie on our own page is let in', async () => {
    const headers = { cookie: `mw_session=${await rig.token('operator')}`, origin: url.replace('ws', 'http') }
    const { socket, frames } = open(headers)
    await until(() => frames.length === 1, 'hello')
    socket.close()
  })
})
