/** Passwords as argon2id hashes (RFC 9106, second recommended option); the only importer of @node-rs/argon2. */
import { hash, verify } from '@node-rs/argon2'

// Algorithm.Argon2id of a const enum that erasable TypeScript cannot read.
const ARGON2ID = 2
const OPTIONS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export interface Passwords {
  hash(password: string): Promise<string>
  verify(hashed: string, password: string): Promise<boolean>
}

export const passwords: Passwords = {
  hash: password => hash(password, OPTIONS),
  verify: (hashed, password) => verify(hashed, password).catch(() => false),
}
