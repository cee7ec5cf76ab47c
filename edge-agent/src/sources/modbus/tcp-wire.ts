/** A TCP connection as a wire. */
import { connect } from 'node:net'
import type { OpenWire } from './wire.ts'

const CONNECT_MS = 2000

export const tcpWire =
  (host: string, port: number): OpenWire =>
  (lost, signal) =>
    new Promise((resolve, reject) => {
      const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 })
      let open = false
      let listener: (bytes: Uint8Array) => void = () => {}
      let why = 'connection closed'
      const give = (detail: string) => {
        why = detail
        socket.destroy()
      }
      const aborted = () => give('stopped')
      signal.addEventListener('abort', aborted, { once: true })
      socket.setTimeout(CONNECT_MS, () => give('connect timed out'))
      socket.on('error', error => {
        why = error.message
      })
      socket.on('data', bytes => listener(bytes))
      socket.on('close', () => {
        signal.removeEventListener('abort', aborted)
        if (open) lost(why)
        else reject(new Error(why))
      })
      socket.on('connect', () => {
        open = true
        socket.setTimeout(0)
        signal.removeEventListener('abort', aborted)
        resolve({
          send: bytes => void socket.write(bytes),
          onBytes: given => {
            listener = given
          },
          close: () =>
            new Promise(done => {
              if (socket.closed) return done()
              socket.once('close', () => done())
              socket.destroy()
            }),
        })
      })
    })
