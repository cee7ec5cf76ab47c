import type { Plugin } from 'vite'
export const fakePlant = (): Plugin => ({ name: 'fake-plant' })
