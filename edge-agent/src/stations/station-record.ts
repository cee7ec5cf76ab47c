/** What stands open with the PLC, in a small file that survives kill -9 and a power cut. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { parseJson, parser } from '@millwright/contract'
import { Type } from 'typebox'
import { Answer } from './answer.ts'
import type { Open } from './station-machine.ts'

export interface StationRecord {
  readonly open: Open
  /** The PLC's number of the part that is, or was last, in hand; its name. */
  readonly sequence?: number | undefined
  readonly panel: string
  /** When its trigger rose, ms. */
  readonly at: number
  /** Parts answered since the file was made. */
  readonly answered: number
}

export interface StationMemory {
  read(): StationRecord
  /** Resolves when it is durable. One at a time, in order. */
  write(record: StationRecord): Promise<void>
}

const file = parser(
  Type.Object({
    open: Type.Union([
      Type.Object({ stage: Type.Literal('none') }),
      Type.Object({ stage: Type.Literal('judging') }),
      Type.Object({ stage: Type.Literal('answering'), answer: Answer }),
      Type.Object({ stage: Type.Literal('taken') }),
    ]),
    sequence: Type.Optional(Type.Integer()),
    panel: Type.String(),
    at: Type.Number(),
    answered: Type.Integer(),
  }),
)

export function createStationMemory(folder: string, camera: string): StationMemory {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${camera}.json`)
  let writing: Promise<void> = Promise.resolve()
  const write = async (record: StationRecord) => {
    const handle = await open(`${path}.part`, 'w')
    try {
      await handle.writeFile(JSON.stringify(record))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(`${path}.part`, path)
  }
  return {
    read() {
      const parsed = existsSync(path) ? parseJson(file, readFileSync(path, 'utf8'), path) : undefined
      if (parsed?.ok !== true) return { open: { stage: 'none' }, panel: '', at: 0, answered: 0 }
      return parsed.value
    },
    write(record) {
      writing = writing.catch(() => {}).then(() => write(record))
      return writing
    },
  }
}
