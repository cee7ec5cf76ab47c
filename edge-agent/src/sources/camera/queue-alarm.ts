import type { LocalText } from '@millwright/contract'
import type { DeviceAlarm } from '../source.ts'

/** The queue of a camera's pictures on our disk is full, or has room again. @param t ms */
export const queueAlarm = (camera: string, isFull: boolean, t: number, message: LocalText): DeviceAlarm => ({
  condition: `${camera}.queue`,
  active: isFull,
  acknowledged: true,
  t,
  priority: 'high',
  message,
})
