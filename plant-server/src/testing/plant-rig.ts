/** A whole plant server on free ports in a new folder, for tests. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROLES, type Role, systemClock, type TagDefinition } from '@millwright/contract'
import pino from 'pino'
import type { Config } from '../config/schema.ts'
import { createPlant, type Plant, type PlantDeps } from '../plant.ts'
import type { Passwords } from '../security/passwords.ts'

export const SECRETS = new Map([
  ['primary', 'secret-of-primary'],
  ['packing', 'secret-of-packing'],
])
export const PASSWORD = 'a password for tests'

/** argon2id is slow on purpose; what it does is tested beside it. */
const quickPasswords: Passwords = {
  hash: async password => createHash('sha256').update(password).digest('hex'),
  verify: async (hashed, password) => createHash('sha256').update(password).digest('hex') === hashed,
}

export interface PlantRig {
  readonly plant: Plant
  readonly folder: string
  /** Bearer token of a person with this role. */
  token(role: Role): Promise<string>
  /** Stops; `again` starts on the same folder. */
  stop(): Promise<void>
  again(): Promise<PlantRig>
  /** Stops and removes the folder. */
  end(): Promise<void>
}

export async function startPlantRig(change: Partial<PlantDeps> = {}, config: Partial<Config> = {}): Promise<PlantRig> {
  const folder = mkdtempSync(join(tmpdir(), 'mw-plant-'))
  return startIn(folder, change, config)
}

async function startIn(folder: string, change: Partial<PlantDeps>, config: Partial<Config>): Promise<PlantRig> {
  const plant = await createPlant({
    config: {
      data: folder,
      http: { host: '127.0.0.1', port: 0 },
      broker: { kind: 'embedded', host: '127.0.0.1', port: 0 },
      group: 'g',
      hostId: 'millwright',
      agents: SECRETS,
      demo: false,
      timeZone: 'Asia/Shanghai',
      ...config,
    },
    clock: systemClock,
    log: pino({ level: process.env.MILLWRIGHT_LOG ?? 'silent' }),
    folder,
    passwords: quickPasswords,
    limits: { requests: 1e6, signIns: 1e6, images: 1e6 },
    checkReplies: true,
    ...change,
  })
  const { people, sessions } = plant.parts
  for (const role of ROLES) {
    const user = { name: role, role, lang: 'zh', disabled: false, demo: false } as const
    await people.addUser(user, await quickPasswords.hash(PASSWORD), 0)
  }
  let running = true
  const stop = async () => {
    if (running) await plant.close()
    running = false
  }
  return {
    plant,
    folder,
    token: async role => (await sessions.signIn(role, PASSWORD)).token,
    stop,
    async again() {
      await stop()
      return startIn(folder, change, config)
    },
    async end() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const tagDefinition = (tag: string, part: Partial<TagDefinition> = {}): TagDefinition => ({
  tag,
  agent: tag.split('/')[0] ?? '',
  device: 'plc',
  source: 'opcua',
  type: 'float',
  unit: '%',
  description: { zh: '出口水分', en: 'Outlet moisture' },
  ...part,
})
