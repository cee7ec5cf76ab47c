/** The sample plant for tests, from the files that `--demo` reads. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readKnowledgeFolder } from '../knowledge/read-folder.ts'
import { createDemoPlant, type DemoFiles } from './demo/demo-plant.ts'
import type { PlcDrafter } from './ports.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const agents = join(root, 'edge-agent', 'config')

export const testFiles = async (): Promise<DemoFiles> => ({
  orders: readFileSync(join(root, 'fixtures', 'orders', 'sample-plant.json'), 'utf8'),
  agents: readdirSync(agents)
    .filter(name => /^demo-.*\.yaml$/.test(name))
    .map(name => readFileSync(join(agents, name), 'utf8')),
  knowledge: await readKnowledgeFolder(join(root, 'fixtures', 'knowledge')),
})

/** Says what it was asked; green. */
export const fakeDrafter: PlcDrafter & { asked: { text: string; previous: unknown }[] } = {
  asked: [],
  async draft(text, previous) {
    this.asked.push({ text, previous })
    const n = this.asked.length
    return {
      understood: true,
      notes: [],
      name: 'PumpStation',
      st: `(* draft ${n} *)`,
      specification: { draft: n },
      evidence: { scenarios: 7 },
      green: true,
      scenarios: { passed: 7, total: 7 },
      problems: [],
      full: { draft: n },
    }
  },
  gate: async () => ({ green: true, evidence: {}, scenarios: { passed: 7, total: 7 }, problems: [] }),
}

export const testPlant = async () =>
  createDemoPlant(await testFiles(), { plc: fakeDrafter, stopwatch: () => performance.now() })
