/** What a source says, kept for a test to look at. */
import type { DeviceAlarm, Sample, SourceEvents, SourceState } from '../sources/source.ts'

export interface Listened extends SourceEvents {
  readonly all: Sample[]
  readonly states: SourceState['kind'][]
  readonly faults: string[]
  readonly alarms: DeviceAlarm[]
  of(name: string): Sample[]
}

export function listen(): Listened {
  const heard = {
    all: [] as Sample[],
    states: [] as SourceState['kind'][],
    faults: [] as string[],
    alarms: [] as DeviceAlarm[],
  }
  return {
    ...heard,
    of: name => heard.all.filter(sample => sample.name === name),
    samples: samples => void heard.all.push(...samples),
    alarm: alarm => void heard.alarms.push(alarm),
    standing: () => {},
    state: ({ kind }) => void heard.states.push(kind),
    fault: name => void heard.faults.push(name),
  }
}
