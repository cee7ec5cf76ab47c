/** Certificates of servers that were seen: trusted or rejected, as folders of the `pki` (OPC 10000-12, F.1 in small). */
import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'

export type Trust = 'trusted' | 'rejected'

export interface KnownCertificate {
  /** SHA-1 of the DER bytes in hex, as OPC UA names certificates (OPC 10000-6, 6.2.2). */
  readonly thumbprint: string
  readonly trust: Trust
  readonly subject: string
  /** ISO times. */
  readonly validFrom: string
  readonly validTo: string
  readonly file: string
}

const FOLDER = { trusted: join('trusted', 'certs'), rejected: 'rejected' } as const

/** All server certificates that have been seen. A file that is no certificate is left out. */
export function knownCertificates(pki: string): KnownCertificate[] {
  return (['trusted', 'rejected'] as const).flatMap(trust => {
    const folder = join(pki, FOLDER[trust])
    if (!existsSync(folder)) return []
    return readdirSync(folder).flatMap((name): KnownCertificate[] => {
      const file = join(folder, name)
      try {
        const { fingerprint, subject, validFrom, validTo } = new X509Certificate(readFileSync(file))
        return [
          {
            thumbprint: fingerprint.replaceAll(':', '').toLowerCase(),
            trust,
            subject: (subject ?? '').replaceAll('\n', ', '),
            validFrom: new Date(validFrom).toISOString(),
            validTo: new Date(validTo).toISOString(),
            file,
          },
        ]
      } catch {
        return []
      }
    })
  })
}

/** Moves certificates between trusted and rejected; the running agent sees it within a second or two. */
export function setTrust(pki: string, certificate: KnownCertificate, trust: Trust): KnownCertificate {
  const folder = join(pki, FOLDER[trust])
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${certificate.thumbprint}.pem`)
  renameSync(certificate.file, file)
  return { ...certificate, trust, file }
}

/** Changes when a certificate is approved or withdrawn. */
export const approved = (pki: string): string => {
  const folder = join(pki, FOLDER.trusted)
  return existsSync(folder) ? readdirSync(folder).sort().join('|') : ''
}
