/** Real Chromium, driven as a person would. */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { PASSWORD } from './plant.ts'

const CANDIDATES = [
  process.env.MILLWRIGHT_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]
export const chromiumPath = CANDIDATES.find(path => path !== '' && existsSync(path))
/** In CI a missing browser is a failure, not a skip. */
export const skipBrowser = chromiumPath === undefined && process.env.CI === undefined
if (skipBrowser)
  process.stderr.write('browser tests are skipped: no Chromium found. Install it with: apt-get install chromium\n')

export async function openBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('no Chromium: apt-get install chromium')
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
}

export type User = 'operator' | 'qa' | 'process' | 'planner' | 'admin'

export interface SignedIn {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors that the page threw; a journey ends with none. */
  readonly errors: string[]
  /** The API as this browser's session may use it. */
  api<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }>
}

/** Signs in through the page, in a language. */
export async function signIn(browser: Browser, url: string, user: User, lang: 'zh' | 'en'): Promise<SignedIn> {
  const context = await browser.newContext({
    viewport: { width: 1600, height: 1000 },
    locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
    acceptDownloads: true,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  await page.goto(`${url}/sign-in`)
  await page.getByRole('textbox').first().fill(user)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.locator('button[type=submit]').click()
  await page.waitForURL(address => !address.pathname.startsWith('/sign-in'))
  const api = async <T>(method: string, path: string, body?: unknown) =>
    page.evaluate(
      async ([m, p, b]) => {
        const init: RequestInit = { method: m as string }
        if (b !== undefined)
          Object.assign(init, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(b) })
        const reply = await fetch(p as string, init)
        const text = await reply.text()
        return { status: reply.status, body: (text === '' ? undefined : JSON.parse(text)) as T }
      },
      [method, path, body] as const,
    )
  // The account keeps its language; make it the journey's.
  await api('PATCH', '/api/session', { lang })
  await page.evaluate(wanted => localStorage.setItem('millwright.lang', wanted), lang)
  await page.reload()
  return { page, context, errors, api }
}
