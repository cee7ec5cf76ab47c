/** What a counting server is told, as JSON in its first argument; both stacks understand the same. */
export interface CountingSettings {
  readonly port: number
  /** Folder for certificates. */
  readonly pki: string
  /** The count goes on after this one. */
  readonly first: number
  /** Nodes `Count0`, `Count1` ... that all hold the count. */
  readonly nodes: number
  readonly tickMs: number
  /** Nodes that are not there. */
  readonly missing?: readonly number[]
  /** Namespaces registered before ours, which moves its index. */
  readonly before?: readonly string[]
  readonly refuseTransfer?: boolean
}

export const COUNT_URI = 'urn:millwright:counting'
