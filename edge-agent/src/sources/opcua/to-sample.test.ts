import { DataType, DataValue, StatusCode, StatusCodes, Variant } from 'node-opcua'
import { expect, it } from 'vitest'
import { hasOverflowed, qualityOf, toSample } from './to-sample.ts'

const value = new Variant({ dataType: DataType.Double, value: 2 })
const at = new Date(1_764_000_000_000)

it.each([
  [0x0000_0000, 'good'],
  [0x4090_0000, 'uncertain'],
  [0x8000_0000, 'bad'],
  [0xc000_0000, 'bad'],
])('status %i is %s', (code, quality) => expect(qualityOf(code)).toBe(quality))

it('the overflow of a queue says that values before this one were dropped', () => {
  const overflow = StatusCode.makeStatusCode(StatusCodes.Good, 'Overflow | InfoTypeDataValue')
  expect(hasOverflowed(overflow.value)).toBe(true)
  expect(hasOverflowed(StatusCodes.Good.value)).toBe(false)
  const data = new DataValue({ value, statusCode: overflow, sourceTimestamp: at })
  expect(toSample({ name: 'x' }, data)).toEqual({ name: 'x', value: 2, quality: 'good', t: at.getTime(), lost: true })
})

it('without a source time the server’s counts, and what is bad has no value', () => {
  const data = new DataValue({ value, statusCode: StatusCodes.BadSensorFailure, serverTimestamp: at })
  expect(toSample({ name: 'x' }, data)).toEqual({ name: 'x', value: null, quality: 'bad', t: at.getTime() })
})
