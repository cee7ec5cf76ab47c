/** Counters and gauges of the plant server for `/metrics`; the only importer of prom-client. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  /** Readings that the historian has committed. */
  readingsStored(count: number): void
  eventStored(kind: string): void
  /** Items that came again and were stored already. */
  repeated(count: number): void
  deadLetter(code: string): void
  rebirthAsked(agent: string): void
  brokerRefused(): void
  httpRequest(route: string, status: number, seconds: number): void
  /** Read at each scrape. */
  gauge(name: string, help: string, read: () => number): void
  text(): Promise<string>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const counter = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
    new Counter<L>({ name, help, labelNames, registers: [registry] })
  const readings = counter('millwright_readings_stored_total', 'Readings committed by the historian')
  const events = counter('millwright_events_stored_total', 'Events committed to the records', ['kind'])
  const repeated = counter('millwright_items_repeated_total', 'Outbox items that were stored already')
  const dead = counter('millwright_dead_letters_total', 'Messages that could not be used', ['code'])
  const rebirths = counter('millwright_rebirths_asked_total', 'Rebirths asked of agents', ['agent'])
  const refused = counter('millwright_broker_refused_total', 'Connections, publishes and subscriptions refused')
  const http = new Histogram({
    name: 'millwright_http_seconds',
    help: 'HTTP requests',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  return {
    readingsStored: count => readings.inc(count),
    eventStored: kind => events.inc({ kind }),
    repeated: count => repeated.inc(count),
    deadLetter: code => dead.inc({ code }),
    rebirthAsked: agent => rebirths.inc({ agent }),
    brokerRefused: () => refused.inc(),
    httpRequest: (route, status, seconds) => http.observe({ route, status: String(status) }, seconds),
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read())
        },
      })
    },
    text: () => registry.metrics(),
  }
}
