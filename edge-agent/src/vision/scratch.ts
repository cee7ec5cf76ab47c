/**
 * Large maps that live for one capture only. Fresh ones cost more in collecting than in filling (25 ms a capture), so each name
 * keeps its memory for the next capture of this thread. What comes back holds old values, and must not outlive the capture.
 */
const kept = new Map<string, ArrayBuffer>()

export function scratchFloats(name: string, length: number): Float32Array {
  return new Float32Array(memory(name, 4 * length), 0, length)
}

export function scratchInts(name: string, length: number): Int32Array {
  return new Int32Array(memory(name, 4 * length), 0, length)
}

export function scratchBytes(name: string, length: number): Uint8Array {
  return new Uint8Array(memory(name, length), 0, length)
}

function memory(name: string, bytes: number): ArrayBuffer {
  let buffer = kept.get(name)
  if (buffer === undefined || buffer.byteLength < bytes) {
    buffer = new ArrayBuffer(bytes)
    kept.set(name, buffer)
  }
  return buffer
}
