/** A serial port as a wire. */
import { SerialPort } from 'serialport'
import type { OpenWire } from './wire.ts'

export interface SerialSettings {
  readonly path: string
  readonly baudRate: number
  readonly dataBits: 7 | 8
  readonly parity: 'none' | 'even' | 'odd'
  readonly stopBits: 1 | 2
}

export const serialWire =
  (settings: SerialSettings): OpenWire =>
  (lost, signal) =>
    new Promise((resolve, reject) => {
      const port = new SerialPort({ ...settings, autoOpen: false })
      let why = 'port closed'
      let listener: (bytes: Uint8Array) => void = () => {}
      const close = () =>
        new Promise<void>(done => {
          if (!port.isOpen) return done()
          port.close(() => done())
        })
      port.on('data', (bytes: Buffer) => listener(bytes))
      port.on('error', error => {
        why = error.message
      })
      port.open(error => {
        if (error) return reject(error)
        if (signal.aborted) return void close().then(() => reject(new Error('stopped')))
        // An adapter that is unplugged ends here.
        port.on('close', (error: Error | null) => lost(error?.message ?? why))
        resolve({
          send: bytes => void port.write(bytes),
          onBytes: given => {
            listener = given
          },
          close,
        })
      })
    })
