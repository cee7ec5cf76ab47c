import { defineConfig } from 'vitest/config'

const project = (name: string, root: string, testTimeout = 20_000) => ({
  test: {
    name,
    root,
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['**/node_modules/**', '**/contract/**'],
    testTimeout,
  },
})

export default defineConfig({
  test: {
    // Two cores: more workers only fight each other.
    maxWorkers: 2,
    projects: [
      { test: { ...project('contract', 'plant-server/contract').test, exclude: ['**/node_modules/**'] } },
      project('models', 'models', 60_000),
      project('edge-agent', 'edge-agent', 60_000),
      project('plant-server', 'plant-server', 60_000),
      project('plc-codegen', 'plc-codegen'),
      project('hmi', 'hmi'),
      project('fixtures', 'fixtures', 60_000),
      // Real processes, real browser, each file with a plant of its own; most of their time is spent waiting.
      { test: { ...project('test', 'test', 180_000).test, hookTimeout: 180_000 } },
    ],
  },
})
