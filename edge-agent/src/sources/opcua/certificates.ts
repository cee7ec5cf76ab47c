/** The agent's own certificate and its judgement of servers', kept in `pki` of its data folder. */
import { OPCUACertificateManager } from 'node-opcua'
import { mendPki, syncPki } from './pki-on-disk.ts'

/** Made once and shared by all connections of the process. */
const managers = new Map<string, Promise<OPCUACertificateManager>>()

/** `trustAll` accepts any certificate; otherwise an unknown one is put into `rejected`. */
export function certificateManager(rootFolder: string, trustAll: boolean): Promise<OPCUACertificateManager> {
  const key = `${rootFolder}|${trustAll}`
  const known = managers.get(key)
  if (known) return known
  const made = (async () => {
    mendPki(rootFolder)
    const manager = new OPCUACertificateManager({ rootFolder, automaticallyAcceptUnknownCertificate: trustAll })
    await manager.initialize()
    syncPki(rootFolder)
    // Held for the life of the process: a client that closes must not dispose of it.
    manager.referenceCounter += 1
    return manager
  })()
  managers.set(key, made)
  return made
}
