/** The built HMI: its files, and its first page for every address that is a page of it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import staticFiles from '@fastify/static'
import { ProblemError } from '@millwright/contract'
import type { FastifyInstance } from 'fastify'

/** What is never a page. */
const NOT_A_PAGE = /^\/(api|docs|metrics|healthz|assets)(\/|\?|$)/

export async function installPages(app: FastifyInstance, folder: string | undefined): Promise<void> {
  const built = folder !== undefined && existsSync(join(folder, 'index.html'))
  if (built)
    await app.register(staticFiles, {
      root: folder,
      // Looked up at each request: a newer build beside a running server is served whole, not half.
      wildcard: true,
      index: 'index.html',
      setHeaders: (reply, path) => {
        // Names under assets/ carry a hash of their content.
        const fixed = path.includes('/assets/') || path.includes('\\assets\\')
        reply.header('cache-control', fixed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  app.setNotFoundHandler((request, reply) => {
    const page = request.method === 'GET' && !NOT_A_PAGE.test(request.url)
    if (built && page) return reply.header('cache-control', 'no-cache').sendFile('index.html')
    throw new ProblemError({ code: 'MW-2004', values: { what: 'address', id: request.url.slice(0, 200) } })
  })
}
