import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OPCUACertificateManager } from 'node-opcua'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { mendPki, syncPki } from './pki-on-disk.ts'

let root: string
const initialize = async () => {
  const manager = new OPCUACertificateManager({ rootFolder: root })
  await manager.initialize()
  await manager.dispose()
}
const key = () => join(root, 'own', 'private', 'private_key.pem')
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'mw-pki-'))
  await initialize()
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

it('leaves a whole folder as it is', () => {
  const before = readFileSync(key(), 'utf8')
  expect(mendPki(root)).toEqual([])
  syncPki(root)
  expect(readFileSync(key(), 'utf8')).toBe(before)
})

it.each(['', '-----BEGIN PRIVATE KEY-----\nMIIE'])('a torn key (%j) is made again', async torn => {
  writeFileSync(key(), torn)
  expect(mendPki(root)).toEqual([key()])
  await initialize()
  expect(readFileSync(key(), 'utf8')).toMatch(/END (RSA )?PRIVATE KEY/)
})

it('a certificate without its key goes with it, and a torn settings file too', () => {
  rmSync(key())
  writeFileSync(join(root, 'own', 'client_certificate.pem'), 'half a certificate')
  writeFileSync(join(root, 'own', 'openssl.cnf'), '')
  expect(mendPki(root)).toHaveLength(2)
  expect(readdirSync(join(root, 'own')).filter(name => /pem|cnf/.test(name))).toEqual([])
})

it('a folder that is not there yet needs no mending', () => {
  rmSync(root, { recursive: true })
  expect(mendPki(root)).toEqual([])
  syncPki(root)
  expect(existsSync(root)).toBe(false)
})
