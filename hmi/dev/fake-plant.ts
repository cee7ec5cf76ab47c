/** A made-up plant server inside Vite, for looking at pages: `vite --mode fake`. Never part of a build. */
import type { IncomingMessage } from 'node:http'
import { type RouteName, routes, type ServerMessage } from '@millwright/contract'
import type { Plugin } from 'vite'
import { answer } from './fake-replies.ts'
import { forecast } from './fake-state.ts'
import { tags, valueAt } from './fake-tags.ts'
import { accept, type FakeSocket } from './websocket.ts'

interface Match {
  readonly name: RouteName
  readonly params: Record<string, string>
}

const patterns = (Object.keys(routes) as RouteName[])
  .map(name => ({ name, parts: routes[name].path.split('/') }))
  // A row without parameters goes before one whose parameter would match too.
  .sort(
    (a, b) => a.parts.filter(part => part.startsWith(':')).length - b.parts.filter(part => part.startsWith(':')).length,
  )

function match(method: string, path: string): Match | undefined {
  const given = path.split('/')
  for (const { name, parts } of patterns) {
    if (routes[name].method !== method || parts.length !== given.length) continue
    const params: Record<string, string> = {}
    const fits = parts.every((part, i) => {
      if (!part.startsWith(':')) return part === given[i]
      params[part.slice(1)] = decodeURIComponent(given[i] ?? '')
      return true
    })
    if (fits) return { name, params }
  }
  return undefined
}

const userOf = (request: IncomingMessage) => /mw_fake=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}

/** A stand-in picture for every image: a grey panel with a scratch. */
const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 1000" width="1600" height="1000"><rect width="1600" height="1000" fill="#2a2e31"/><rect x="120" y="80" width="1360" height="840" fill="#e8e9e7"/><path d="M420 318 L660 312" stroke="#8b8f91" stroke-width="3"/></svg>`

interface Client {
  readonly socket: FakeSocket
  readonly tags: Set<string>
  seq: number
}

export function fakePlant(): Plugin {
  const clients = new Set<Client>()
  const tell = (client: Client, message: Omit<ServerMessage, 'seq'>) => {
    client.socket.send(JSON.stringify({ ...message, seq: client.seq }))
    client.seq += 1
  }
  const publish = (message: Omit<ServerMessage, 'seq'>) => {
    for (const client of clients) tell(client, message)
  }
  return {
    name: 'millwright-fake-plant',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const url = new URL(request.url ?? '/', 'http://fake')
        const found = match(request.method ?? 'GET', url.pathname)
        if (found === undefined) return next()
        void (async () => {
          if (found.name === 'getImage') {
            response.setHeader('content-type', 'image/svg+xml')
            return void response.end(PICTURE)
          }
          const body = await bodyOf(request)
          const reply = answer(found.name, {
            params: found.params,
            query: url.searchParams,
            body,
            user: userOf(request),
            publish,
          })
          if (found.name === 'signIn' && reply.status === 200)
            response.setHeader('set-cookie', `mw_fake=${String(body.name)}; Path=/`)
          if (found.name === 'signOut') response.setHeader('set-cookie', 'mw_fake=; Path=/; Max-Age=0')
          response.statusCode = reply.status
          response.setHeader('content-type', 'application/json')
          response.end(JSON.stringify(reply.body))
        })()
      })
      server.httpServer?.on('upgrade', (request: IncomingMessage, socket) => {
        if (!request.url?.startsWith('/api/stream')) return
        const client: Client = { socket: accept(request, socket), tags: new Set(), seq: 0 }
        clients.add(client)
        client.socket.onClose(() => clients.delete(client))
        client.socket.onText(line => {
          const message = JSON.parse(line) as { type: string; tags?: string[] }
          for (const tag of message.tags ?? [])
            if (message.type === 'subscribe') client.tags.add(tag)
            else client.tags.delete(tag)
        })
        tell(client, { type: 'hello', serverTime: Date.now() } as never)
      })
      const timer = setInterval(() => {
        const now = Date.now()
        const wanted = (client: Client, tag: string) =>
          client.tags.has(tag) || [...client.tags].some(name => name.endsWith('*') && tag.startsWith(name.slice(0, -1)))
        for (const client of clients) {
          const values = tags.filter(tag => wanted(client, tag.tag)).map(tag => valueAt(tag.tag, now))
          if (values.length > 0) tell(client, { type: 'values', values } as never)
        }
        if (Math.floor(now / 1000) % 5 === 0) publish({ type: 'forecast', forecast: forecast(now) } as never)
      }, 1000)
      server.httpServer?.on('close', () => clearInterval(timer))
    },
  }
}
