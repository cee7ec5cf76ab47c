/** The PLC's memory as a Modbus slave (modbus-serial). */
import { ServerTCP } from 'modbus-serial'
import type { Memory, Signal, Value } from './plc.ts'

const COILS: readonly Signal[] = ['trigger', 'busy', 'valid', 'ack']
/** First holding register and type; text takes eight registers. */
const REGISTERS = {
  part: [0, 'uint32'],
  panel: [2, 'text'],
  verdict: [20, 'uint16'],
  class: [21, 'uint16'],
  number: [22, 'uint32'],
  resultPanel: [24, 'text'],
} as const
type Register = keyof typeof REGISTERS
const TEXT_BYTES = 16

/** Addresses for the agent's file. */
export const MODBUS_ADDRESSES: Readonly<Record<Signal, string>> = {
  trigger: 'coil:0',
  busy: 'coil:1',
  valid: 'coil:2',
  ack: 'coil:3',
  part: 'holding:0:uint32',
  panel: `holding:2:string:${TEXT_BYTES}`,
  verdict: 'holding:20',
  class: 'holding:21',
  number: 'holding:22:uint32',
  resultPanel: `holding:24:string:${TEXT_BYTES}`,
}

export interface ModbusPlc extends Memory {
  start(): Promise<void>
  /** The cable is pulled, or the PLC restarts: its memory stays. */
  stop(): Promise<void>
}

export function createModbusPlc(port: number): ModbusPlc {
  const words = Buffer.alloc(2 * 40)
  const coils = new Map<number, boolean>()
  const listeners: ((signal: Signal) => void)[] = []
  const isCoil = (signal: Signal): boolean => COILS.includes(signal)
  const tell = (signal: Signal | undefined) => {
    if (signal !== undefined) for (const listener of listeners) listener(signal)
  }
  const setWord = (address: number, value: number) => {
    words.writeUInt16BE(value & 0xffff, address * 2)
    tell((Object.keys(REGISTERS) as Register[]).findLast(name => REGISTERS[name][0] <= address))
  }
  let server: InstanceType<typeof ServerTCP> | undefined
  return {
    set(signal, value) {
      if (isCoil(signal)) return void coils.set(COILS.indexOf(signal), Boolean(value))
      const [at, type] = REGISTERS[signal as Register]
      if (type === 'uint16') words.writeUInt16BE(Number(value), at * 2)
      else if (type === 'uint32') words.writeUInt32BE(Number(value), at * 2)
      else words.fill(0, at * 2, at * 2 + TEXT_BYTES).write(String(value), at * 2, TEXT_BYTES, 'latin1')
    },
    get(signal): Value {
      if (isCoil(signal)) return coils.get(COILS.indexOf(signal)) ?? false
      const [at, type] = REGISTERS[signal as Register]
      if (type === 'uint16') return words.readUInt16BE(at * 2)
      if (type === 'uint32') return words.readUInt32BE(at * 2)
      return words.toString('latin1', at * 2, at * 2 + TEXT_BYTES).replace(/\0.*$/s, '')
    },
    onWritten: listener => void listeners.push(listener),
    start: () =>
      new Promise(resolve => {
        const made = new ServerTCP(
          {
            getCoil: (address: number) => coils.get(address) ?? false,
            getMultipleHoldingRegisters: (address: number, count: number) =>
              Array.from({ length: count }, (_, index) => words.readUInt16BE((address + index) * 2)),
            getHoldingRegister: (address: number) => words.readUInt16BE(address * 2),
            setCoil(address: number, value: boolean) {
              coils.set(address, value)
              tell(COILS[address])
            },
            setRegister: setWord,
          } as never,
          { host: '127.0.0.1', port, unitID: 1 },
        )
        made.on('socketError', () => {})
        made.on('initialized', () => resolve())
        server = made
      }),
    stop: () =>
      new Promise(resolve => {
        if (server === undefined) return resolve()
        for (const socket of server.socks.keys()) socket.destroy()
        server.close(() => resolve())
        server = undefined
      }),
  }
}
