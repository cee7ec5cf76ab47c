import { describe, expect, it } from 'vitest'
import { type NodeMessage, type NodeState, stepNode, unknownNode } from './sparkplug-node.ts'

const message = (type: NodeMessage['type'], part: Partial<NodeMessage> = {}): NodeMessage => ({
  type,
  device: undefined,
  seq: undefined,
  bdSeq: undefined,
  ...part,
})
const play = (messages: readonly NodeMessage[]) => {
  let state: NodeState = unknownNode
  const steps = messages.map(each => {
    const step = stepNode(state, each)
    state = step.next
    return step
  })
  return { state, steps }
}
const born = [message('NBIRTH', { seq: 0, bdSeq: 4 }), message('DBIRTH', { seq: 1, device: 'plc' })]

describe('a Sparkplug node as its host sees it', () => {
  it('data in sequence, over the wrap, asks for nothing', () => {
    const data = Array.from({ length: 300 }, (_, i) => message('DDATA', { seq: (i + 2) % 256, device: 'plc' }))
    const { steps, state } = play([...born, ...data])
    expect(steps.every(step => step.rebirth === undefined)).toBe(true)
    expect(state.online).toBe(true)
  })
  it('a gap in seq asks for a rebirth once, then goes on from there', () => {
    const { steps } = play([
      ...born,
      message('DDATA', { seq: 3, device: 'plc' }),
      message('DDATA', { seq: 4, device: 'plc' }),
    ])
    expect(steps.map(step => step.rebirth)).toEqual([undefined, undefined, 'gap', undefined])
  })
  it('data before a birth asks for a rebirth', () => {
    expect(play([message('DDATA', { seq: 9, device: 'plc' })]).steps[0]?.rebirth).toBe('no_birth')
    expect(play([...born, message('DDATA', { seq: 2, device: 'other' })]).steps[2]?.rebirth).toBe('no_birth')
  })
  it('a death counts only with the bdSeq of the birth in force', () => {
    const old = play([...born, message('NDEATH', { bdSeq: 3 })])
    expect(old.state.online).toBe(true)
    expect(old.steps[2]?.stale).toBeUndefined()
    const real = play([...born, message('NDEATH', { bdSeq: 4 })])
    expect(real.state.online).toBe(false)
    expect(real.state.devices.get('plc')).toBe(false)
    expect(real.steps[2]?.stale).toEqual({ device: undefined })
  })
  it('a device death makes that device stale only', () => {
    const { state, steps } = play([...born, message('DDEATH', { seq: 2, device: 'plc' })])
    expect(state.online).toBe(true)
    expect(steps[2]).toMatchObject({ stale: { device: 'plc' } })
    expect(steps[2]?.rebirth).toBeUndefined()
  })
})
