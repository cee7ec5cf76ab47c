import type { Inspection } from '@millwright/contract'
import { describe, expect, it } from 'vitest'
import { neighbours, pan, queryFor, viewOf, zoom } from './model.ts'

const whole = { x: 0, y: 0, width: 1920, height: 1080 }

describe('the view of an image', () => {
  it('keeps the point under the pointer where it is', () => {
    const at = { x: 480, y: 270 }
    const near = zoom(whole, 2, at, 1920, 1080)
    expect(near).toEqual({ x: 240, y: 135, width: 960, height: 540 })
  })
  it('never shows more than the image, nor less than a few pixels', () => {
    expect(zoom(whole, 0.5, { x: 100, y: 100 }, 1920, 1080)).toEqual(whole)
    expect(zoom(whole, 1e6, { x: 960, y: 540 }, 1920, 1080).width).toBe(60)
  })
  it('stops at the edge', () => {
    const near = zoom(whole, 4, { x: 0, y: 0 }, 1920, 1080)
    expect(pan(near, 500, 500, 1920, 1080)).toMatchObject({ x: 0, y: 0 })
    expect(pan(near, -5000, -5000, 1920, 1080)).toMatchObject({ x: 1440, y: 810 })
  })
  it('shows a defect with room around it, inside the image', () => {
    const view = viewOf([1900, 1060, 20, 20], 1920, 1080)
    expect(view.x + view.width).toBeLessThanOrEqual(1920)
    expect(view.width).toBeGreaterThanOrEqual(60)
    expect(view.x).toBeLessThanOrEqual(1900)
  })
})

describe('the list', () => {
  const list = ['c', 'b', 'a'].map(id => ({ id }) as Inspection)
  it('knows the neighbours', () => {
    expect(neighbours(list, 'b')).toEqual({ newer: 'c', older: 'a' })
    expect(neighbours(list, 'c')).toEqual({ older: 'b' })
    expect(neighbours(list, 'x')).toEqual({})
  })
  it('asks for what the filter says', () => {
    expect(queryFor('unreviewed', 'L', 60)).toEqual({ limit: 60, lot: 'L', reviewed: false })
    expect(queryFor('fail', undefined, 60)).toEqual({ limit: 60, verdict: 'fail' })
    expect(queryFor('all', undefined, 60)).toEqual({ limit: 60 })
  })
})
