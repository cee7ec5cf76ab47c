/** Words that the plant, its agent's file and the comparison share. */
export const AGENT = 'line'
export const STATION = 'AOI-1'
/** Every value changes so often, ms. */
export const TICK_MS = 100
/** Records of when the agent was connected. */
export const LINK = 'agent'
export const CONNECTED = 'connected'
export const GONE = 'gone'

export const nodeName = (index: number): string => `V${String(index).padStart(4, '0')}`
export const tagName = (index: number): string => `v/${String(index).padStart(4, '0')}`
export const fullTag = (index: number): string => `${AGENT}/${tagName(index)}`
