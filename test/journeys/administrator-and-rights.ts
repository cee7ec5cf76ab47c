import { ROLES, type Role, routes } from '@millwright/contract'
import { expect } from 'vitest'
import { signIn, type User } from './support/browser.ts'
import type { Here } from './support/here.ts'

const ACCOUNT: Record<Role, User> = {
  operator: 'operator',
  qa_engineer: 'qa',
  process_engineer: 'process',
  planner: 'planner',
  administrator: 'admin',
}

/** Users made and changed, the audit chain verified; no browser or token reaches a write of another role. */
export async function administratorAndRights({ plant, browser }: Here): Promise<void> {
  const { page, api, errors, context } = await signIn(browser, plant.url, 'admin', 'zh')
  const created = await api('POST', '/api/users', {
    name: 'li.wei',
    role: 'operator',
    lang: 'zh',
    password: 'a-long-password',
    reason: 'new operator',
  })
  expect(created.status).toBe(200)
  await page.goto(`${plant.url}/system?tab=audit`)
  await page.getByTestId('audit-verify').click()
  await page.getByTestId('audit-check').first().waitFor()
  expect((await api<{ ok: boolean }>('GET', '/api/audit/check')).body).toMatchObject({ ok: true })
  await context.close()

  for (const role of ROLES) {
    const session = await signIn(browser, plant.url, ACCOUNT[role], 'zh')
    for (const row of Object.values(routes)) {
      if (!Array.isArray(row.access) || row.access.includes(role)) continue
      const path = row.path.replaceAll(/:\w+/g, '0')
      const { status } = await session.api(row.method, path, row.method === 'GET' ? undefined : {})
      expect(status, `${role} ${row.method} ${row.path}`).toBe(403)
    }
    await session.context.close()
  }
  for (const row of Object.values(routes)) {
    if (row.access === 'open') continue
    const reply = await fetch(`${plant.url}${row.path.replaceAll(/:\w+/g, '0')}`, { method: row.method })
    expect(reply.status, `nobody ${row.method} ${row.path}`).toBe(401)
  }
  expect(errors).toEqual([])
}
