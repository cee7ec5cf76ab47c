/**
 * OPC UA as a source: connects, takes up what the server kept or begins anew, watches tags and alarms, writes. When anything
 * breaks it lets go of the wire and connects again (docs/adr/0040).
 */
import { type Clock, failed, ProblemError } from '@millwright/contract'
import { createSessionRunner } from '../../base/session-runner.ts'
import type { TagConfig } from '../../config/schema.ts'
import type { OpcuaConfig } from '../../config/sources/opcua.ts'
import type { Source, SourceEvents, WriteAnswer } from '../source.ts'
import { createCollector } from './collector.ts'
import { createConditions } from './conditions.ts'
import { type Connection, openConnection } from './connection.ts'
import { textOf } from './faults.ts'
import { createItems } from './items.ts'
import { createLive } from './live.ts'
import { parseNodeAddress, resolveNodeAddress } from './node-address.ts'
import { connectionOptions } from './options.ts'
import { readNodes } from './read.ts'
import type { Kept } from './resume.ts'
import { approved } from './trust-list.ts'
import { type ToWrite, writeNodes } from './write.ts'

export interface OpcuaSourceDeps {
  readonly config: OpcuaConfig
  readonly tags: readonly TagConfig[]
  /** Folder for certificates and keys. */
  readonly pki: string
  readonly applicationName: string
  readonly readPassword: (file: string) => string
  readonly clock: Clock
  readonly random: () => number
}

/** Whether a certificate was approved meanwhile is looked at so often, ms. */
const LOOK_AGAIN_MS = 1000

interface Open {
  readonly connection: Connection
  close(): Promise<void>
}

export function createOpcuaSource(deps: OpcuaSourceDeps): Source {
  const { config, tags, clock } = deps
  let events: SourceEvents | undefined
  let stopping = false
  let kept: Kept | undefined
  let lastSign: number | undefined
  let stopLooking = () => {}

  const items = createItems({ tags, onFault: (name, detail) => events?.fault(name, detail) })
  const collector = createCollector({
    forms: items.forms,
    clock,
    onSamples: samples => events?.samples(samples),
    onGone: items.gone,
  })
  const conditions = createConditions({
    rules: Array.isArray(config.alarms) ? config.alarms : [],
    onAlarm: alarm => events?.alarm(alarm),
    onComplete: standing => events?.standing(standing),
  })

  const runner = createSessionRunner<Open>({
    clock,
    random: deps.random,
    open,
    online: () => events?.state({ kind: 'online' }),
    offline: detail =>
      events?.state({ kind: 'offline', detail, ...(lastSign === undefined ? {} : { since: lastSign }) }),
  })

  async function open(lost: (detail: string) => void, signal: AbortSignal): Promise<Open> {
    stopLooking()
    events?.state({ kind: 'connecting' })
    let link: Open | undefined
    // Before it is said, so that the source knows when the server was last heard and what it keeps.
    const broken = (detail: string) => {
      void link?.close()
      lost(detail)
    }
    const connection = await openConnection(options(), broken, signal, kept?.session).catch((error: unknown) => {
      if (error instanceof ProblemError && error.problem.code === 'MW-1012') lookForApproval()
      throw error
    })
    const live = createLive({ connection, config, items, collector, conditions, clock, onLost: broken })
    let closed: Promise<void> | undefined
    const end = () => {
      lastSign = live.lastSign()
      const keeps = live.end()
      if (keeps) kept = keeps
      // A new session that has not taken over what was kept is of no use: the old one is asked for again.
      return stopping || (!keeps && !connection.resumed) ? connection.close() : connection.leave()
    }
    link = {
      connection,
      close: () => {
        closed ??= end()
        return closed
      },
    }
    try {
      await live.begin(kept)
      return link
    } catch (error) {
      void link.close()
      throw error
    }
  }

  const options = () => ({
    ...connectionOptions(config, deps.readPassword),
    pki: deps.pki,
    applicationName: deps.applicationName,
    clock,
  })

  /** Once a person approves the certificate, the next try need not wait for its turn. */
  const lookForApproval = () => {
    const before = approved(deps.pki)
    stopLooking = clock.every(LOOK_AGAIN_MS, () => {
      if (approved(deps.pki) === before) return
      stopLooking()
      runner.wake()
    })
  }

  const nodeOf = (tag: TagConfig, namespaces: readonly string[]) => {
    const address = parseNodeAddress(tag.address)
    return address.ok ? resolveNodeAddress(address.value, namespaces) : address
  }

  const onServer = async (act: (open: Open) => Promise<WriteAnswer>): Promise<WriteAnswer> => {
    const link = runner.link()
    if (link === undefined) return { kind: 'failed', detail: `${config.endpoint} is not connected` }
    try {
      return await act(link)
    } catch (error) {
      return { kind: 'failed', detail: textOf(error) }
    }
  }
  const nodeToWrite = (name: string, namespaces: readonly string[]) => {
    const tag = tags.find(candidate => candidate.name === name)
    if (tag === undefined) return failed(`${name} is no tag of ${config.id}`)
    return tag.field === undefined ? nodeOf(tag, namespaces) : failed(`${name} is a part of a value`)
  }

  /** What cannot be addressed is refused by itself; the rest goes by one call. */
  const writeMany: NonNullable<Source['writeMany']> = async entries => {
    const link = runner.link()
    const all = (detail: string) => entries.map((): WriteAnswer => ({ kind: 'failed', detail }))
    if (link === undefined) return all(`${config.endpoint} is not connected`)
    const { session, namespaces } = link.connection
    const nodes = entries.map(([name]) => nodeToWrite(name, namespaces))
    const known = entries.flatMap(([, value], index): ToWrite[] => {
      const node = nodes[index]!
      return node.ok ? [{ nodeId: node.value, value }] : []
    })
    try {
      const given = await writeNodes(session, known, ms => clock.sleep(ms))
      return nodes.map(node => (node.ok ? given.shift()! : { kind: 'refused', detail: node.fault }))
    } catch (error) {
      return all(textOf(error))
    }
  }
  const signed = (person: string, comment: string) => (comment === '' ? person : `${person}: ${comment}`)

  return {
    id: config.id,
    kind: 'opcua',
    start(given) {
      events = given
      stopping = false
      runner.start()
    },
    async stop() {
      stopping = true
      stopLooking()
      await runner.stop()
      events = undefined
      kept = undefined
    },
    async read(names) {
      const link = runner.link()
      if (link === undefined) return undefined
      const { session, namespaces } = link.connection
      const wanted = tags.flatMap(tag => {
        const nodeId = nodeOf(tag, namespaces)
        return names.includes(tag.name) && tag.field === undefined && nodeId.ok
          ? [{ name: tag.name, nodeId: nodeId.value }]
          : []
      })
      return readNodes(session, wanted).catch(() => undefined)
    },
    write: async (name, value) => (await writeMany([[name, value]]))[0]!,
    writeMany,
    acknowledge: (condition, person, comment) =>
      onServer(({ connection }) => conditions.acknowledge(connection.session, condition, signed(person, comment))),
    confirm: (condition, person, comment) =>
      onServer(({ connection }) => conditions.confirm(connection.session, condition, signed(person, comment))),
    shelve: (condition, ms) => onServer(({ connection }) => conditions.shelve(connection.session, condition, ms)),
    unshelve: condition => onServer(({ connection }) => conditions.unshelve(connection.session, condition)),
  }
}
