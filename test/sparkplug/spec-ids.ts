/**
 * The testable statements of the Sparkplug specification 3.0.0 by their ids, without `tck-id-`; their texts stand in the
 * specification (Eclipse Foundation, chapters 1 to 6 and 10).
 */
const group = (prefix: string, suffixes: string): string[] =>
  suffixes
    .trim()
    .split(/\s+/)
    .map(suffix => (suffix === '.' ? prefix : `${prefix}-${suffix}`))

export const SPEC_IDS: readonly string[] = [
  ...group(
    'intro',
    'sparkplug-host-state group-id-string group-id-chars edge-node-id-string edge-node-id-chars device-id-string device-id-chars edge-node-id-uniqueness',
  ),
  ...group(
    'principles',
    'rbe-recommended birth-certificates-order persistence-clean-session-311 persistence-clean-session-50',
  ),
  'components-ph-state',
  ...group('case-sensitivity', 'metric-names sparkplug-ids'),
  ...group(
    'topic-structure',
    '. namespace-a namespace-device-id-associated-message-types namespace-device-id-non-associated-message-types namespace-duplicate-device-id-across-edge-node namespace-unique-device-id namespace-unique-edge-node-descriptor namespace-valid-device-id namespace-valid-edge-node-id namespace-valid-group-id',
  ),
  ...group(
    'topics-nbirth',
    'bdseq-included bdseq-increment bdseq-matching metric-reqs metrics mqtt rebirth-metric seq-num templates timestamp topic',
  ),
  ...group('topics-dbirth', 'metric-reqs metrics mqtt seq timestamp topic'),
  ...group('topics-ndata', 'mqtt payload seq-num timestamp topic'),
  ...group('topics-ddata', 'mqtt payload seq-num timestamp topic'),
  ...group('topics-ndeath', 'payload seq topic'),
  ...group('topics-ddeath', 'mqtt seq-num topic'),
  ...group('topics-ncmd', 'mqtt payload timestamp topic'),
  ...group('topics-dcmd', 'mqtt payload timestamp topic'),
  ...group('host-topic-phid-birth', 'message payload payload-timestamp qos required retain sub-required topic'),
  ...group(
    'host-topic-phid-death',
    'payload payload-timestamp-connect payload-timestamp-disconnect-clean payload-timestamp-disconnect-with-no-disconnect-packet qos required retain topic',
  ),
  ...group(
    'message-flow-device',
    'birth-publish-dbirth-match-edge-node-topic birth-publish-dbirth-payload birth-publish-dbirth-payload-seq birth-publish-dbirth-qos birth-publish-dbirth-retained birth-publish-dbirth-topic birth-publish-nbirth-wait dcmd-subscribe',
  ),
  ...group(
    'message-flow-edge-node-birth-publish',
    'connect nbirth-payload nbirth-payload-bdSeq nbirth-payload-seq nbirth-qos nbirth-retained nbirth-topic phid-offline phid-wait phid-wait-id phid-wait-online phid-wait-timestamp will-message will-message-payload will-message-payload-bdSeq will-message-qos will-message-topic will-message-will-retained',
  ),
  'message-flow-edge-node-ncmd-subscribe',
  'message-flow-hid-sparkplug-state-message-delivered',
  ...group(
    'message-flow-phid-sparkplug',
    'clean-session-311 clean-session-50 state-publish state-publish-payload state-publish-payload-timestamp subscription',
  ),
  ...group(
    'operational-behavior-data-commands',
    'dcmd-metric-name dcmd-metric-value dcmd-verb ncmd-metric-name ncmd-metric-value ncmd-rebirth-name ncmd-rebirth-value ncmd-rebirth-verb ncmd-verb rebirth-action-1 rebirth-action-2 rebirth-action-3 rebirth-datatype rebirth-name rebirth-name-aliases rebirth-value',
  ),
  ...group(
    'operational-behavior-data-publish',
    'dbirth dbirth-change dbirth-order dbirth-values nbirth nbirth-change nbirth-order nbirth-values',
  ),
  'operational-behavior-device-ddeath',
  ...group(
    'operational-behavior-edge-node',
    'birth-sequence-wait intentional-disconnect-ndeath intentional-disconnect-packet',
  ),
  ...group(
    'operational-behavior-edge-node-termination-host',
    'action-ddeath-devices-offline action-ddeath-devices-tags-stale action-ndeath-devices-offline action-ndeath-devices-tags-stale action-ndeath-node-offline action-ndeath-node-tags-stale offline offline-reconnect offline-timestamp',
  ),
  ...group(
    'operational-behavior-host-application',
    'connect-birth connect-birth-payload connect-birth-qos connect-birth-retained connect-birth-topic connect-will connect-will-payload connect-will-qos connect-will-retained connect-will-topic death-payload death-qos death-retained death-topic disconnect-intentional host-id multi-server-timestamp termination',
  ),
  ...group('operational-behavior-host-reordering', 'param rebirth start success'),
  ...group(
    'operational-behavior-primary-application-state-with-multiple-servers',
    'single-server state state-subs walk',
  ),
  ...group('payloads-alias', 'birth-requirement data-cmd-requirement uniqueness'),
  ...group(
    'payloads-dataset',
    'column-num-headers column-size parameter-type-req types-def types-num types-type types-value',
  ),
  ...group('payloads-dbirth', 'order qos retain seq seq-inc timestamp'),
  ...group('payloads-dcmd', 'qos retain seq timestamp'),
  ...group('payloads-ddata', 'order qos retain seq seq-inc timestamp'),
  ...group('payloads-ddeath', 'seq seq-inc seq-number timestamp'),
  ...group(
    'payloads-metric',
    'datatype-not-req datatype-req datatype-value datatype-value-type propertyvalue-type-req propertyvalue-type-type propertyvalue-type-value timestamp-in-UTC',
  ),
  ...group('payloads-name', 'birth-data-requirement cmd-requirement requirement'),
  ...group('payloads-nbirth', 'bdseq bdseq-repeat edge-node-descriptor qos rebirth-req retain seq timestamp'),
  ...group('payloads-ncmd', 'qos retain seq timestamp'),
  ...group('payloads-ndata', 'order qos retain seq seq-inc timestamp'),
  ...group(
    'payloads-ndeath',
    'bdseq seq will-message will-message-publisher will-message-publisher-disconnect-mqtt311 will-message-publisher-disconnect-mqtt50 will-message-qos will-message-retain',
  ),
  ...group('payloads-propertyset', 'keys-array-size quality-value-type quality-value-value values-array-size'),
  ...group('payloads-sequence-num', 'always-included incrementing req-nbirth'),
  ...group(
    'payloads-state',
    'birth birth-payload subscribe will-message will-message-payload will-message-qos will-message-retain',
  ),
  ...group(
    'payloads-template',
    'dataset-value definition-is-definition definition-members definition-nbirth definition-nbirth-only definition-parameters definition-parameters-default definition-ref instance-is-definition instance-members instance-members-birth instance-members-data instance-parameters instance-ref is-definition is-definition-definition is-definition-instance parameter-name-required parameter-name-type parameter-type-req parameter-type-value parameter-value parameter-value-type ref-definition ref-instance version',
  ),
  'payloads-timestamp-in-UTC',
  ...group(
    'conformance',
    'primary-host mqtt-qos0 mqtt-qos1 mqtt-will-messages mqtt-retained mqtt-aware-basic mqtt-aware-store mqtt-aware-nbirth-mqtt-topic mqtt-aware-nbirth-mqtt-retain mqtt-aware-dbirth-mqtt-topic mqtt-aware-dbirth-mqtt-retain mqtt-aware-ndeath-timestamp',
  ),
].map(id => `tck-id-${id}`)

const V5 = 'MQTT 3.1.1 is spoken, never 5.0'
const DCMD =
  'no DCMD is ever sent: a write needs a person, a role and a reason, which Sparkplug has no place for; commands travel beside it'
const NDATA = 'the edge agent sends no NDATA: its own values are those of its device `agent`'
const TEMPLATES = 'the edge agent sends no templates: its file has tags, and no types that a template would be'
const DATASETS = 'the edge agent sends no data sets: a reading holds one value'
const AWARE = 'the broker is a Sparkplug compliant server, not a Sparkplug aware one'

/** Statements that say nothing of this software, and why. */
export const NOT_APPLICABLE: Readonly<Record<string, string>> = {
  'tck-id-principles-persistence-clean-session-50': V5,
  'tck-id-message-flow-phid-sparkplug-clean-session-50': V5,
  'tck-id-payloads-ndeath-will-message-publisher-disconnect-mqtt50': V5,
  'tck-id-topics-dcmd-mqtt': DCMD,
  'tck-id-topics-dcmd-payload': DCMD,
  'tck-id-topics-dcmd-timestamp': DCMD,
  'tck-id-topics-dcmd-topic': DCMD,
  'tck-id-payloads-dcmd-qos': DCMD,
  'tck-id-payloads-dcmd-retain': DCMD,
  'tck-id-payloads-dcmd-seq': DCMD,
  'tck-id-payloads-dcmd-timestamp': DCMD,
  'tck-id-operational-behavior-data-commands-dcmd-metric-name': DCMD,
  'tck-id-operational-behavior-data-commands-dcmd-metric-value': DCMD,
  'tck-id-operational-behavior-data-commands-dcmd-verb': DCMD,
  'tck-id-topics-ndata-mqtt': NDATA,
  'tck-id-topics-ndata-payload': NDATA,
  'tck-id-topics-ndata-seq-num': NDATA,
  'tck-id-topics-ndata-timestamp': NDATA,
  'tck-id-topics-ndata-topic': NDATA,
  'tck-id-payloads-ndata-order': NDATA,
  'tck-id-payloads-ndata-qos': NDATA,
  'tck-id-payloads-ndata-retain': NDATA,
  'tck-id-payloads-ndata-seq': NDATA,
  'tck-id-payloads-ndata-seq-inc': NDATA,
  'tck-id-payloads-ndata-timestamp': NDATA,
  'tck-id-operational-behavior-data-publish-nbirth-change': NDATA,
  'tck-id-topics-nbirth-templates': TEMPLATES,
  'tck-id-payloads-template-definition-nbirth': TEMPLATES,
  'tck-id-payloads-template-definition-nbirth-only': TEMPLATES,
  'tck-id-payloads-template-definition-members': TEMPLATES,
  'tck-id-payloads-template-definition-parameters': TEMPLATES,
  'tck-id-payloads-template-instance-members': TEMPLATES,
  'tck-id-payloads-template-instance-members-birth': TEMPLATES,
  'tck-id-payloads-dataset-types-value': DATASETS,
  'tck-id-operational-behavior-host-application-multi-server-timestamp': 'the host application connects to one server',
  'tck-id-operational-behavior-host-application-host-id':
    'of the plant, not of a program: `hostId` in the server\u2019s file has to be unique',
  'tck-id-topic-structure-namespace-unique-edge-node-descriptor':
    'of the plant, not of a program; the broker takes a second client of one name for the first, and lets no agent speak as another',
  'tck-id-payloads-nbirth-edge-node-descriptor': 'of the plant, not of a program (as above)',
  'tck-id-intro-edge-node-id-uniqueness': 'of the plant, not of a program (as above)',
  'tck-id-conformance-mqtt-aware-basic': AWARE,
  'tck-id-conformance-mqtt-aware-store': AWARE,
  'tck-id-conformance-mqtt-aware-nbirth-mqtt-topic': AWARE,
  'tck-id-conformance-mqtt-aware-nbirth-mqtt-retain': AWARE,
  'tck-id-conformance-mqtt-aware-dbirth-mqtt-topic': AWARE,
  'tck-id-conformance-mqtt-aware-dbirth-mqtt-retain': AWARE,
  'tck-id-conformance-mqtt-aware-ndeath-timestamp': AWARE,
}
