// Arrows of the house, checked in CI (`npm run check`). See the room map in README.md.
const room = {
  contract: '^plant-server/contract/',
  edge: '^edge-agent/',
  server: '^plant-server/(?!contract/)',
  plc: '^plc-codegen/',
  models: '^models/',
  hmi: '^hmi/',
  fixtures: '^fixtures/',
  test: '^test/',
}
const ours = '^(edge-agent|plant-server|plc-codegen|models|hmi|fixtures|test)/'
const any = (...rooms) => rooms.map(name => room[name]).join('|')

/** A room may import only itself and the rooms named. */
const mayImport = (from, ...allowed) => ({
  name: `arrows-of-${from}`,
  severity: 'error',
  from: { path: room[from] },
  to: { path: ours, pathNot: any(from, ...allowed) },
})

/** One library, one importer: a package may be imported only by the files that match. Tests may too. */
const importer = (library, ...files) => ({
  name: `one-importer-of-${library.replaceAll('/', '-')}`,
  severity: 'error',
  from: { path: ours, pathNot: [...files, '\\.test\\.tsx?$', '\\.suite\\.ts$', room.test, '^fixtures/'] },
  to: { path: `node_modules/${library}/` },
})

export default {
  forbidden: [
    mayImport('contract'),
    mayImport('edge', 'contract', 'models'),
    mayImport('server', 'contract', 'plc', 'models'),
    mayImport('plc'),
    mayImport('models', 'contract'),
    mayImport('hmi', 'contract', 'plc'),
    mayImport('fixtures', 'contract', 'models'),
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'enter-by-the-index',
      comment:
        'A package is entered through its index.ts (models also through synth/index.ts, the agent through vision/index.ts).',
      severity: 'error',
      from: { path: '^([^/]+)/' },
      to: {
        path: '^(edge-agent|plc-codegen|models|hmi|fixtures)/',
        pathNot: ['^$1/', '^[^/]+/src/index\\.ts$', '^models/synth/index\\.ts$', '^edge-agent/src/vision/index\\.ts$'],
      },
    },
    {
      name: 'enter-contract-by-the-index',
      severity: 'error',
      from: { pathNot: room.contract },
      to: { path: room.contract, pathNot: '^plant-server/contract/src/index\\.ts$' },
    },
    {
      name: 'enter-plant-server-by-the-index',
      severity: 'error',
      from: { pathNot: '^plant-server/' },
      to: { path: room.server, pathNot: '^plant-server/src/index\\.ts$' },
    },
    {
      name: 'domain-is-pure',
      comment: 'Rules decide; adapters act. Domain code imports domain code and the contract only.',
      severity: 'error',
      from: { path: '/domain/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['/domain/', room.contract, room.plc], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'platform-free',
      comment: 'The contract and the PLC library run in the browser too.',
      severity: 'error',
      from: {
        path: ['^plant-server/contract/src', '^plc-codegen/src'],
        pathNot: ['\\.test\\.ts$', '^plc-codegen/src/(main|cli/.*)\\.ts$'],
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'features-do-not-know-each-other',
      severity: 'error',
      from: { path: '^hmi/src/features/([^/]+)/' },
      to: { path: '^hmi/src/features/', pathNot: '^hmi/src/features/$1/' },
    },
    {
      name: 'shared-hmi-below-features',
      severity: 'error',
      from: { path: '^hmi/src/(?!features/|app/|main\\.tsx)' },
      to: { path: '^hmi/src/(features|app)/' },
    },
    importer('node-opcua', '^edge-agent/src/sources/opcua/', '^plant-server/src/opcua-server/'),
    importer('modbus-serial'),
    importer('mqtt', '^edge-agent/src/uplink/mqtt-link\\.ts$', '^plant-server/src/ingest/mqtt-link\\.ts$'),
    importer('aedes', '^plant-server/src/broker/'),
    importer('sparkplug-payload'),
    importer('serialport', '^edge-agent/src/sources/modbus/'),
    importer('quadprog', '^edge-agent/src/control/'),
    importer('better-sqlite3', '^edge-agent/src/outbox/', '^plant-server/src/stores/'),
    importer('kysely', '^plant-server/src/stores/'),
    importer('@duckdb', '^plant-server/src/stores/'),
    importer('onnxruntime-node', '^edge-agent/src/inference/', '^models/src/'),
    importer('@node-rs/argon2', '^plant-server/src/security/'),
    importer('@myriaddreamin', '^plant-server/src/reports/'),
    importer('ai', '^plant-server/src/assistant/'),
    importer('echarts', '^hmi/src/panels/'),
    importer('xmllint-wasm'),
    importer('uplot', '^hmi/src/panels/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^[^/]+/dist/', '/training/', '^test/arrows/planted/'] },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  },
}
