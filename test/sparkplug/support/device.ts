/** A Modbus device of two registers: what an edge agent reads from. */
import modbus from 'modbus-serial'

export interface Device {
  readonly port: number
  set(register: number, value: number): void
  stop(): Promise<void>
}

export async function startDevice(port: number): Promise<Device> {
  const registers = new Map<number, number>()
  const server = new modbus.ServerTCP(
    { getHoldingRegister: (address: number) => registers.get(address) ?? 0 },
    { host: '127.0.0.1', port, unitID: 1 },
  )
  await new Promise<void>((resolve, reject) => {
    server.on('initialized', () => resolve())
    server.on('serverError', error => reject(error))
  })
  return {
    port,
    set: (register, value) => void registers.set(register, value),
    stop: () => new Promise(resolve => server.close(() => resolve())),
  }
}
