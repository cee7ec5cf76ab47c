import { describe, expect, it } from 'vitest'
import { parseModbusAddress } from './address.ts'
import type { Answer } from './line.ts'
import type { ModbusRequest } from './pdu.ts'
import { writeMany } from './write-many.ts'

const wanted = (text: string, value: number | boolean | string) => {
  const parsed = parseModbusAddress(text, 'abcd')
  if (!parsed.ok) throw new Error(parsed.fault)
  return { address: parsed.value, value }
}

/** A device of 100 registers and coils that notes what it was asked. */
function device() {
  const registers = new Array<number>(100).fill(0)
  const coils = new Array<boolean>(100).fill(false)
  const asked: string[] = []
  const ask = async (request: ModbusRequest): Promise<Answer> => {
    switch (request.kind) {
      case 'read':
        asked.push(`read ${request.table} ${request.from}+${request.count}`)
        return request.table === 'coil'
          ? { kind: 'bits', values: coils.slice(request.from, request.from + request.count) }
          : { kind: 'registers', values: registers.slice(request.from, request.from + request.count) }
      case 'write_registers':
        asked.push(`write ${request.at}+${request.values.length}`)
        registers.splice(request.at, request.values.length, ...request.values)
        return { kind: 'written' }
      case 'write_register':
        asked.push(`write ${request.at}`)
        registers[request.at] = request.value
        return { kind: 'written' }
      case 'write_coil':
        asked.push(`write coil ${request.at}`)
        coils[request.at] = request.value
        return { kind: 'written' }
      case 'write_coils':
        return { kind: 'exception', code: 1 }
    }
  }
  return { registers, asked, ask }
}

describe('several writes to one device', () => {
  it('side by side: one write, one read-back, answers in the order given', async () => {
    const { asked, ask, registers } = device()
    const answers = await writeMany(
      [
        wanted('holding:22:uint32', 70_000),
        wanted('holding:20', 2),
        wanted('holding:21:int16', -5),
        wanted('holding:24:string:6', 'P7'),
      ],
      'single',
      ask,
    )
    expect(asked).toEqual(['write 20+7', 'read holding 20+7'])
    expect(answers).toEqual([70_000, 2, -5, 'P7'].map(readBack => ({ kind: 'written', readBack })))
    expect(registers.slice(20, 24)).toEqual([2, 65_531, 1, 4464])
  })
  it('apart, coils, bits and what does not fit: each by itself, none disturbs another', async () => {
    const { asked, ask, registers } = device()
    registers[31] = 0x8000
    const answers = await writeMany(
      [
        wanted('holding:30', 1),
        wanted('holding:31:bit:0', true),
        wanted('holding:32', 3),
        wanted('holding:33', 70_000),
        wanted('holding:40', 4),
        wanted('coil:5', true),
      ],
      'single',
      ask,
    )
    expect(answers.map(({ kind }) => kind)).toEqual(['written', 'written', 'written', 'refused', 'written', 'written'])
    expect(registers[31]).toBe(0x8001)
    expect(asked.filter(each => each.startsWith('write'))).toEqual([
      'write coil 5',
      'write 30',
      'write 31',
      'write 32',
      'write 40',
    ])
  })
  it('without an answer none is said to be written, and none is repeated', async () => {
    let times = 0
    const answers = await writeMany([wanted('holding:1', 1), wanted('holding:2', 2)], 'single', async () => {
      times += 1
      return { kind: 'silent' }
    })
    expect(answers.map(({ kind }) => kind)).toEqual(['failed', 'failed'])
    expect(times).toBe(1)
  })
})
