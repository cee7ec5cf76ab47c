/** The lines of an agent: sources that name the same host and port, or the same serial port, share one. */
import type { Clock } from '@millwright/contract'
import { type ModbusConfig, modbusLine } from '../../config/sources/modbus.ts'
import { rtuFraming, tcpFraming } from './framing.ts'
import { createLine, type Line } from './line.ts'
import { tcpWire } from './tcp-wire.ts'
import type { OpenWire } from './wire.ts'

export interface ModbusLines {
  of(config: ModbusConfig): Line
}

/** Bits of a character on a serial line: start, 8 data, parity or second stop, stop. */
const CHARACTER_BITS = 11

export function createModbusLines({
  clock,
  random,
}: {
  readonly clock: Clock
  readonly random: () => number
}): ModbusLines {
  const lines = new Map<string, Line>()
  const make = (config: ModbusConfig): Line => {
    const { serial } = config
    if (serial !== undefined) {
      const settings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, ...serial } as const
      // Loaded where a serial port is used only.
      const open: OpenWire = async (lost, signal) =>
        (await import('./serial-wire.ts')).serialWire(settings)(lost, signal)
      const quietMs = Math.max(2, (3.5 * CHARACTER_BITS * 1000) / settings.baudRate)
      return createLine({ open, framing: rtuFraming, clock, random, quietMs })
    }
    const open = tcpWire(config.host ?? '127.0.0.1', config.port ?? 502)
    return createLine({ open, framing: config.framing === 'rtu' ? rtuFraming : tcpFraming, clock, random })
  }
  return {
    of(config) {
      const key = modbusLine(config)
      const known = lines.get(key) ?? make(config)
      lines.set(key, known)
      return known
    },
  }
}
