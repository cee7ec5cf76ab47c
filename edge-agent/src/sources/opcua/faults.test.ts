import { expect, it } from 'vitest'
import { isRefused, isSessionGone, isUntrusted } from './faults.ts'

it.each([
  'The connection cannot be established with server opc.tcp://127.0.0.1:1 .',
  "Fail to connect to server at opc.tcp://127.0.0.1:1 to collect server's certificate (in findEndpoint)",
  'connect ECONNREFUSED 127.0.0.1:4840',
  'create session: timed out after 3000 ms',
  'Invalid Channel BadConnectionClosed',
  'serviceResult = BadServerHalted (0x800E0000)',
  'subscription 7 is silent',
])('nobody was reached, or will soon answer otherwise: %s', text => expect(isRefused(text)).toBe(false))

it.each([
  'serviceResult = BadIdentityTokenRejected (0x80210000)',
  'serviceResult = BadUserAccessDenied (0x801F0000)',
  'serviceResult = BadTooManySessions (0x80560000)',
  'server Certificate verification failed with err BadCertificateUntrusted (0x801A0000)',
  'Cannot find an Endpoint matching  security mode: 3 policy: http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256',
])('the server said no: %s', text => expect(isRefused(text)).toBe(true))

it('an unknown certificate and a lost session are told apart', () => {
  expect(isUntrusted('server Certificate verification failed with err BadCertificateUntrusted')).toBe(true)
  expect(isSessionGone('serviceResult = BadSessionIdInvalid (0x80250000)')).toBe(true)
  expect(isSessionGone('serviceResult = BadUserAccessDenied (0x801F0000)')).toBe(false)
})
