/** Names in the load server, known to those who read it. */
export const LOAD_URI = 'urn:millwright:load'
export const nodeName = (index: number): string => `V${index}`
