/** Port to a byte stream towards one or more Modbus units. */
import type { Link } from '../../base/session-runner.ts'

export interface Wire extends Link {
  send(bytes: Uint8Array): void
  /** Called with what comes in; one listener. */
  onBytes(listener: (bytes: Uint8Array) => void): void
}

/** Opens the stream and calls `lost` once if it breaks later. Rejects when it cannot. */
export type OpenWire = (lost: (detail: string) => void, signal: AbortSignal) => Promise<Wire>
