/** A real Modbus TCP slave in process, for tests. */
import { createServer } from 'node:net'
import { ServerTCP } from 'modbus-serial'

export interface TestSlave {
  readonly port: number
  readonly holding: Map<number, number>
  readonly coils: Map<number, boolean>
  /** Requests answered, as `table:from+count`. */
  readonly asked: string[]
  stop(): Promise<void>
}

/** Registers that are not in the map do not exist: exception 2, as most PLCs do. */
export async function startSlave(port = 0): Promise<TestSlave> {
  const at = port === 0 ? await freePort() : port
  const holding = new Map<number, number>()
  const coils = new Map<number, boolean>()
  const asked: string[] = []
  const missing = () => Object.assign(new Error('illegal data address'), { modbusErrorCode: 2 })
  const read = (from: number, count: number): number[] => {
    asked.push(`holding:${from}+${count}`)
    return Array.from({ length: count }, (_, index) => {
      const value = holding.get(from + index)
      if (value === undefined) throw missing()
      return value
    })
  }
  const server = new ServerTCP(
    {
      getMultipleHoldingRegisters: (
        from: number,
        count: number,
        _unit: number,
        done: (e: Error | null, v: number[]) => void,
      ) => {
        try {
          done(null, read(from, count))
        } catch (error) {
          done(error as Error, [])
        }
      },
      // Asked for where a request is for one register only.
      getHoldingRegister: async (address: number) => read(address, 1)[0],
      getCoil: async (address: number) => coils.get(address) ?? false,
      setRegister: async (address: number, value: number) => void holding.set(address, value),
      setCoil: async (address: number, value: boolean) => void coils.set(address, value),
    } as never,
    { host: '127.0.0.1', port: at, unitID: 1 },
  )
  await new Promise<void>(resolve => server.on('initialized', () => resolve()))
  return {
    port: at,
    holding,
    coils,
    asked,
    stop: () => new Promise(resolve => server.close(() => resolve())),
  }
}

/** A port that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise(resolve => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
