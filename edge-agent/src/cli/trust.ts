/** `mw-edge trust CONFIG [--approve THUMBPRINT | --reject THUMBPRINT]`: the certificates of servers that the agent has seen. */
import { join } from 'node:path'
import { type CommandIo, parseArguments, UsageError } from '@millwright/contract'
import { loadConfig } from '../config/load.ts'
import { type KnownCertificate, knownCertificates, setTrust } from '../sources/opcua/trust-list.ts'
import { showProblems } from './show-problems.ts'

/** So much of a thumbprint is enough, where it names one certificate. */
const LEAST_LETTERS = 8

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, options } = parseArguments(argv, { options: ['approve', 'reject'] })
  const [file, ...rest] = positionals
  if (file === undefined || rest.length > 0) throw new UsageError('name one file')
  if (options.approve !== undefined && options.reject !== undefined)
    throw new UsageError('approve or reject, one at a time')
  const loaded = loadConfig(file, process.env)
  if (!loaded.ok) return showProblems(loaded.fault, io)
  const pki = join(loaded.value.data, 'pki')
  const wanted = options.approve ?? options.reject
  if (wanted === undefined) {
    for (const certificate of knownCertificates(pki)) io.out(lineOf(certificate))
    return 0
  }
  const asked = wanted.replaceAll(/[:\s]/g, '').toLowerCase()
  if (!new RegExp(`^[0-9a-f]{${LEAST_LETTERS},40}$`).test(asked))
    throw new UsageError(`a thumbprint is ${LEAST_LETTERS} to 40 hexadecimal digits`)
  const found = knownCertificates(pki).filter(({ thumbprint }) => thumbprint.startsWith(asked))
  if (new Set(found.map(({ thumbprint }) => thumbprint)).size !== 1)
    return showProblems([{ code: 'MW-1019', place: pki, values: { thumbprint: wanted, count: found.length } }], io)
  const trust = options.approve === undefined ? 'rejected' : 'trusted'
  for (const certificate of found) io.out(lineOf(setTrust(pki, certificate, trust)))
  return 0
}

const lineOf = ({ thumbprint, trust, subject, validFrom, validTo }: KnownCertificate): string =>
  `${JSON.stringify({ thumbprint, trust, subject, validFrom, validTo })}\n`
