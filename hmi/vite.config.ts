import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { fakePlant } from './dev/fake-plant.ts'

/**
 * `vite` alone serves the page against a plant server (`MILLWRIGHT_SERVER`, by default the port of `npm start`);
 * `vite --mode fake` serves it against the made-up plant in `dev/`, which is never part of a build.
 */
export default defineConfig(({ command, mode }) => {
  const server = process.env.MILLWRIGHT_SERVER ?? 'http://127.0.0.1:8080'
  const proxy = {
    '/api': { target: server, ws: true },
    '/healthz': { target: server },
  }
  const fake = command === 'serve' && mode === 'fake'
  return {
    plugins: [react(), ...(fake ? [fakePlant()] : [])],
    server: { host: '127.0.0.1', ...(fake ? {} : { proxy }) },
    build: {
      target: 'es2022',
      // The largest lazy chunk is the chart library; the first load stays far below.
      chunkSizeWarningLimit: 700,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        // Our own packages do nothing on import: what a page does not use of them is left out.
        treeshake: { moduleSideEffects: [{ test: /(contract|plc-codegen)[\\/]src[\\/]/, sideEffects: false }] },
      },
    },
  }
})
