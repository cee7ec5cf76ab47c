/** A Modbus device: one unit, behind a TCP address or on a serial port. */
import type { Problem } from '@millwright/contract'
import { type Static, Type } from 'typebox'
import { Id, Ms, strict } from '../strict.ts'

export const WORD_ORDERS = ['abcd', 'cdab', 'badc', 'dcba'] as const

const choice = <T extends string | number>(...values: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(values.map(value => Type.Literal(value))))

export const ModbusConfig = strict({
  id: Id,
  kind: Type.Literal('modbus'),
  /** Modbus TCP, or RTU over TCP. */
  host: Type.Optional(Type.String({ minLength: 1 })),
  port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, default: 502 })),
  /** What stands on the TCP connection: tcp, or rtu (a serial server that passes bytes through). */
  framing: Type.Optional(choice('tcp', 'rtu')),
  /** RTU on a serial port, instead of `host`. */
  serial: Type.Optional(
    strict({
      path: Type.String({ minLength: 1 }),
      baudRate: Type.Optional(Type.Integer({ minimum: 300, maximum: 4_000_000 })),
      dataBits: Type.Optional(choice(7, 8)),
      parity: Type.Optional(choice('none', 'even', 'odd')),
      stopBits: Type.Optional(choice(1, 2)),
    }),
  ),
  /** Sources with the same host and port, or the same serial port, share a line and differ in this. */
  unit: Type.Optional(Type.Integer({ minimum: 0, maximum: 255, default: 1 })),
  pollMs: Ms(1000),
  timeoutMs: Ms(1000),
  /** A read without an answer is repeated so often before the device counts as silent. Writes never are. */
  retries: Type.Optional(Type.Integer({ minimum: 0, maximum: 10, default: 1 })),
  /** Order of the bytes of a 32-bit value in two registers, where an address does not say. */
  order: Type.Optional(choice(...WORD_ORDERS)),
  maxRegisters: Type.Optional(Type.Integer({ minimum: 1, maximum: 125, default: 125 })),
  maxBits: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000, default: 2000 })),
  /** Unused registers that may be read along to save a request. */
  maxGap: Type.Optional(Type.Integer({ minimum: 0, maximum: 100, default: 8 })),
  /** single: functions 5 and 6 where one coil or register is written · multiple: always 15 and 16. */
  writeWith: Type.Optional(choice('single', 'multiple')),
})
export type ModbusConfig = Static<typeof ModbusConfig>

/** Names the line that a source speaks on. */
export const modbusLine = ({ host, port, serial }: ModbusConfig): string =>
  serial === undefined ? `tcp:${host}:${port ?? 502}` : `serial:${serial.path}`

/** Faults between the keys of a source, and between sources that share a line. `place` names a key of this source. */
export function modbusFaults(
  source: ModbusConfig,
  others: readonly ModbusConfig[],
  place: (key: (string | number)[]) => string,
): Problem[] {
  const odd = (key: (string | number)[], detail: string, wanted: string): Problem => ({
    code: 'MW-1108',
    place: place(key),
    values: { detail, wanted },
  })
  const { host, serial, framing } = source
  if (host !== undefined && serial !== undefined)
    return [odd(['serial'], 'a Modbus device is reached by host or by serial', 'one of the two')]
  const faults: Problem[] = []
  if (serial !== undefined && framing === 'tcp')
    faults.push(odd(['framing'], 'a serial port carries RTU', 'framing: rtu, or no framing'))
  const beside = others.filter(other => other.id !== source.id && modbusLine(other) === modbusLine(source))
  const before = beside.find(other => (other.framing ?? 'tcp') !== (framing ?? 'tcp') && serial === undefined)
  if (before !== undefined)
    faults.push(odd(['framing'], `"${before.id}" speaks otherwise on the same port`, 'the same framing for both'))
  const unlike = beside.find(other => JSON.stringify(other.serial) !== JSON.stringify(serial))
  if (unlike !== undefined)
    faults.push(odd(['serial'], `"${unlike.id}" names the same port with other settings`, 'the same settings for both'))
  return faults
}
