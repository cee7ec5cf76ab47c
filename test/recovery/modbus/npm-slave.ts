/**
 * A slave by the npm package modbus-serial that numbers its answers, as counting_slave.py does. Arguments: TCP port or path of a
 * serial port, first count. Each read of two registers from holding register 0 gives the next count, said on stdout first.
 */
import modbus from 'modbus-serial'

const [, , where = '', from = '0'] = process.argv
let count = Number(from)
const say = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`)
const vector = {
  getMultipleHoldingRegisters(address: number, length: number) {
    const values = Array.from({ length }, (_, index) => address + index)
    if (address === 0 && length >= 2) {
      count += 1
      values.splice(0, 2, count >> 16, count & 0xffff)
      say({ unit: 1, served: count })
    }
    return values
  },
  getHoldingRegister: (address: number) => Promise.resolve(address),
}
const server = /^\d+$/.test(where)
  ? new modbus.ServerTCP(vector as never, { host: '127.0.0.1', port: Number(where), unitID: 1 })
  : new modbus.ServerSerial(
      vector as never,
      {
        path: where,
        port: where,
        baudRate: 19_200,
        unitID: 1,
        openOptions: { baudRate: 19_200 },
      } as never,
    )
server.on('initialized', () => say({ ready: true }))
