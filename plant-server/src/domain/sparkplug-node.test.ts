import { describe, expect, it } from 'vitest'
import { type NodeMessage, type NodeState, stepNode, unheard, unknownNode } from './sparkplug-node.ts'

const NOW = 1000
const message = (type: NodeMessage['type'], part: Partial<NodeMessage> = {}): NodeMessage => ({
  type,
  device: undefined,
  bdSeq: undefined,
  timestamp: 700,
  gap: false,
  ...part,
})
const play = (messages: readonly NodeMessage[]) => {
  let state: NodeState = unknownNode(0)
  const steps = messages.map(each => {
    const step = stepNode(state, each, NOW)
    state = step.next
    return step
  })
  return { state, steps }
}
const born = [message('NBIRTH', { bdSeq: 4 }), message('DBIRTH', { device: 'plc' })]
const data = message('DDATA', { device: 'plc' })

describe('a Sparkplug node as its host sees it', () => {
  it('data of a device that is born asks for nothing', () => {
    const { steps, state } = play([...born, data, data])
    expect(steps.every(step => step.rebirth === undefined)).toBe(true)
    expect(state.online).toBe(true)
  })
  it('a gap asks for a rebirth once, then goes on from there', () => {
    const { steps } = play([...born, { ...data, gap: true }, data])
    expect(steps.map(step => step.rebirth)).toEqual([undefined, undefined, 'gap', undefined])
  })
  it('data before a birth asks for a rebirth', () => {
    expect(play([data]).steps[0]?.rebirth).toBe('no_birth')
    expect(play([message('NDATA')]).steps[0]?.rebirth).toBe('no_birth')
    expect(play([...born, message('DDATA', { device: 'other' })]).steps[2]?.rebirth).toBe('no_birth')
  })
  it('a death counts only with the bdSeq of the birth in force', () => {
    const old = play([...born, message('NDEATH', { bdSeq: 3 })])
    expect(old.state.online).toBe(true)
    expect(old.steps[2]?.stale).toBeUndefined()
  })
  it('tck-id-operational-behavior-edge-node-termination-host-action-ndeath-node-offline, -devices-offline, -node-tags-stale, -devices-tags-stale: a death takes all along, by the clock of the host', () => {
    const { state, steps } = play([...born, message('NDEATH', { bdSeq: 4 })])
    expect(state).toMatchObject({ online: false, since: NOW })
    expect(state.devices.get('plc')).toEqual({ online: false, since: NOW })
    expect(steps[2]?.stale).toEqual({ device: undefined })
  })
  it('tck-id-operational-behavior-edge-node-termination-host-action-ddeath-devices-offline, -devices-tags-stale: a device death takes that device, by the time of its payload', () => {
    const { state, steps } = play([...born, message('DDEATH', { device: 'plc' })])
    expect(state.online).toBe(true)
    expect(state.devices.get('plc')).toEqual({ online: false, since: 700 })
    expect(steps[2]).toMatchObject({ stale: { device: 'plc' } })
    expect(steps[2]?.rebirth).toBeUndefined()
  })
  it('without a link nothing is known of it, and an old death says nothing', () => {
    const state = unheard(play(born).state, 9)
    expect(state).toMatchObject({ online: false, since: 9, bdSeq: undefined })
    expect(state.devices.get('plc')).toEqual({ online: false, since: 9 })
    expect(stepNode(state, message('NDEATH'), 10).next).toBe(state)
  })
})
