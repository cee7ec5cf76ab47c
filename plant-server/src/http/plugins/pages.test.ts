import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterAll, describe, expect, it } from 'vitest'
import { installPages } from './pages.ts'
import { installProblemReplies } from './problem-replies.ts'

const folder = mkdtempSync(join(tmpdir(), 'mw-pages-'))
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'index.html'), '<title>Millwright</title>')
writeFileSync(join(folder, 'assets', 'main-1a2b.js'), 'let a')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function appWith(pages: string | undefined) {
  const app = Fastify()
  installProblemReplies(app)
  await installPages(app, pages)
  return (url: string) => app.inject({ method: 'GET', url })
}

describe('pages of the HMI', () => {
  it.each(['/', '/line', '/inspections/aoi-1:abc'])('%s is the first page, never kept', async url => {
    const reply = await (await appWith(folder))(url)
    expect(reply.body).toContain('Millwright')
    expect(reply.headers['content-type']).toContain('text/html')
    expect(reply.headers['cache-control']).toBe('no-cache')
  })
  it('assets carry their hash and are kept for ever', async () => {
    const reply = await (await appWith(folder))('/assets/main-1a2b.js')
    expect(reply.headers['cache-control']).toContain('immutable')
  })
  it.each(['/api/none', '/assets/gone.js', '/docs/none', '/metrics/x', '/../../etc/passwd/../api/x'])(
    '%s is no page',
    async url => {
      const reply = await (await appWith(folder))(url)
      if (url.startsWith('/..')) expect(reply.body).not.toContain('root:')
      else expect(reply.json().code).toBe('MW-2004')
    },
  )
  it('without a build every address is coded', async () => {
    expect((await (await appWith(join(folder, 'none')))('/')).json().code).toBe('MW-2004')
  })
})
