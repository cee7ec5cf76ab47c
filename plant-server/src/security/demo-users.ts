/** One sign-in per role for a first look, with one password, on loopback only. */
import { randomInt } from 'node:crypto'
import type { Role } from '@millwright/contract'
import type { PeopleRecords } from '../stores/people.ts'
import type { Passwords } from './passwords.ts'

export const DEMO_USERS: readonly { name: string; role: Role }[] = [
  { name: 'operator', role: 'operator' },
  { name: 'qa', role: 'qa_engineer' },
  { name: 'process', role: 'process_engineer' },
  { name: 'planner', role: 'planner' },
  { name: 'admin', role: 'administrator' },
]

/** Without letters and digits that look alike. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

/**
 * Creates the demo users where nobody exists yet. The password is `wanted` or drawn; returned only where users were made,
 * to be printed once.
 */
export async function createDemoUsers(
  deps: { people: PeopleRecords; passwords: Passwords; now: number },
  wanted: string | undefined,
): Promise<{ names: string[]; password: string } | undefined> {
  const { people, passwords, now } = deps
  if ((await people.users()).length > 0) return undefined
  const drawn = () => Array.from({ length: 14 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  const password = wanted === undefined || wanted === '' ? drawn() : wanted
  const hash = await passwords.hash(password)
  for (const { name, role } of DEMO_USERS)
    await people.addUser({ name, role, lang: 'zh', disabled: false, demo: true }, hash, now)
  return { names: DEMO_USERS.map(user => user.name), password }
}
