import type { CommandResult, SetpointProposal } from '@millwright/contract'
import { expect } from 'vitest'
import { signIn } from './support/browser.ts'
import type { Here } from './support/here.ts'
import { withOpcua } from './support/opcua.ts'
import { waitFor } from './support/wait.ts'

/** Live values, forecast fan, a proposal accepted and one that the guard refuses, an alarm acknowledged at its source. */
export async function operatorAtTheLine({ plant, browser }: Here): Promise<void> {
  const { page, errors, api, context } = await signIn(browser, plant.url, 'operator', 'zh')
  await page.goto(`${plant.url}/lines/primary`)
  const moisture = page.getByTestId('measure').filter({ hasText: '出口水分' }).first()
  await moisture.waitFor()
  const first = await moisture.textContent()
  await waitFor('the live value to move', 20_000, async () => (await moisture.textContent()) !== first)

  await withOpcua(plant.ports.opcua, async opcua => {
    // An alarm of the dryer is on the page within 2 s of its source, and acknowledged there.
    expect(await opcua.write('Simulation.ForceAlarm', 'MoistureHigh')).toBe('Good')
    await waitFor('the alarm at its source', 10_000, () => opcua.read('Dryer.Alarms.MoistureHigh.Active'), 50)
    const raised = performance.now()
    const banner = page.locator('[data-testid=alarm-banner][data-alarm*="MoistureHigh"]')
    await banner.waitFor({ timeout: 10_000 })
    expect((performance.now() - raised) / 1000, 's from source to page').toBeLessThan(2)
    expect(await opcua.read('Dryer.Alarms.MoistureHigh.Acked')).toBe(false)
    await banner.getByRole('button').click()
    await waitFor(
      'the server behind OPC UA to see the acknowledgement',
      15_000,
      async () => (await opcua.read('Dryer.Alarms.MoistureHigh.Acked')) === true,
    )
    expect(await opcua.write('Simulation.ForceAlarm', '')).toBe('Good')

    // The forecast fan, then a proposal: a wetter inlet asks for more steam.
    await page.getByTestId('forecast-panel').waitFor()
    expect(await opcua.write('Simulation.Disturb', 'wet')).toBe('Good')
    const openProposal = page.getByTestId('proposal-open')
    await openProposal.waitFor({ timeout: 330_000 })
    const before = (await opcua.read('Dryer.SteamPressureSetpoint')) as number
    await page.getByTestId('proposal-accept').click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('button[type=submit]').click()
    const outcome = page.getByTestId('command-outcome')
    await outcome.waitFor()
    expect(await outcome.getAttribute('data-status')).toBe('done')
    const after = (await opcua.read('Dryer.SteamPressureSetpoint')) as number
    expect(after).not.toBe(before)
    const { body: proposals } = await api<SetpointProposal[]>('GET', '/api/setpoint-proposals')
    const written = proposals.find(each => each.state === 'written')
    expect(written).toMatchObject({ decidedBy: 'operator', readBack: after })

    // A value outside the guard's limits is refused with the reason, and nothing is written.
    const next = await waitFor('another proposal', 150_000, async () => {
      const { body } = await api<SetpointProposal[]>('GET', '/api/setpoint-proposals')
      return body.find(each => each.state === 'open')
    })
    const refused = await api<CommandResult>('POST', `/api/setpoint-proposals/${encodeURIComponent(next.id)}/accept`, {
      value: 99,
      reason: 'too much',
    })
    expect(refused.body).toMatchObject({ status: 'refused', code: 'MW-1008' })
    expect(refused.body.text?.zh).toContain('99')
    expect(await opcua.read('Dryer.SteamPressureSetpoint')).toBe(after)
    expect(await opcua.write('Simulation.Disturb', '')).toBe('Good')
  })
  // What the operator did is in the audit record.
  const admin = await signIn(browser, plant.url, 'admin', 'zh')
  const { body: audit } = await admin.api<{ action: string; person: string }[]>('GET', '/api/audit?limit=200')
  expect(audit.some(each => each.person === 'operator' && each.action.includes('proposal'))).toBe(true)
  expect(audit.some(each => each.person === 'operator' && each.action.includes('alarm'))).toBe(true)
  expect(errors).toEqual([])
  await admin.context.close()
  await context.close()
}
