/** A camera that sends its pictures by HTTP: on our disk first, then inspected in order. */
import type { Clock } from '@millwright/contract'
import { createSessionRunner, type Link } from '../../base/session-runner.ts'
import type { CameraConfig } from '../../config/sources/camera.ts'
import { say } from '../../text/catalogue.ts'
import type { SourceEvents } from '../source.ts'
import type { Camera } from './camera.ts'
import type { Desk } from './capture-desk.ts'
import { openPushServer, type PushServer } from './push-server.ts'
import { queueAlarm } from './queue-alarm.ts'
import type { Spool } from './spool.ts'
import type { SpoolWorker } from './spool-worker.ts'

export interface PushCameraDeps {
  readonly config: CameraConfig & { readonly push: NonNullable<CameraConfig['push']> }
  readonly desk: Desk
  readonly spool: Spool
  readonly worker: SpoolWorker
  readonly readText: (file: string) => string
  readonly clock: Clock
  readonly random: () => number
  /** Where it listens, once it does: for port 0. */
  readonly onListening?: (port: number) => void
}

export function createPushCamera(deps: PushCameraDeps): Camera {
  const { config, desk, spool, worker, clock, random, readText } = deps
  const { push, id } = config
  const queueMb = config.queueMb ?? 2048
  let events: SourceEvents | undefined
  let isFull = false

  const onFull = (full: boolean) => {
    if (full === isFull) return
    isFull = full
    events?.alarm(queueAlarm(id, full, clock.now(), say('queue_refused', { source: id, mb: queueMb })))
  }

  const runner = createSessionRunner<Link>({
    clock,
    random,
    async open() {
      events?.state({ kind: 'connecting' })
      const server: PushServer = await openPushServer({
        host: push.host ?? '127.0.0.1',
        port: push.port,
        ...(push.tls === undefined
          ? {}
          : { tls: { cert: readText(push.tls.certFile), key: readText(push.tls.keyFile) } }),
        token: () => readText(push.tokenFile),
        maxBytes: (push.maxMb ?? 64) * 2 ** 20,
        queueMb,
        spool,
        clock,
        onSpooled: () => worker.wake(),
        onFull,
      })
      deps.onListening?.(server.port)
      return { close: server.close }
    },
    online: () => events?.state({ kind: 'online' }),
    offline: detail => events?.state({ kind: 'offline', detail }),
  })

  return {
    id,
    kind: 'camera',
    start(given) {
      events = given
      worker.start()
      runner.start()
    },
    async stop() {
      await runner.stop()
      await worker.stop()
      events = undefined
    },
    capture: request => desk.wait(request),
  }
}
