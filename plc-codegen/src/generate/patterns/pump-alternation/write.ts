import { formatDuration } from '../../../run/library/text.ts'
import type { Parameter, Signal, Specification } from '../../specification.ts'

/** Writes the block and a program that ties it to its addresses. Deterministic: the same specification, the same text. */
export function writePumpAlternation(spec: Specification): string {
  const { settings: s } = spec
  const inputs = spec.signals.filter(each => each.direction === 'input')
  const outputs = spec.signals.filter(each => each.direction === 'output')
  const pumps = Array.from({ length: s.pumps }, (_, i) => i + 1)
  const active = s.faultTakeover ? 'Active' : 'Duty'
  const drain = s.duty === 'drain'
  const started = `Level ${drain ? '>=' : '<='} START_LEVEL`
  const lines = [
    `// ${spec.title.zh}`,
    `// ${spec.title.en}`,
    'FUNCTION_BLOCK FB_PumpAlternation',
    'VAR_INPUT',
    ...inputs.map(each => `  ${each.name} : ${each.type};${note(each)}`),
    'END_VAR',
    'VAR_OUTPUT',
    ...outputs.map(each => `  ${each.name} : ${each.type};${note(each)}`),
    'END_VAR',
    'VAR CONSTANT',
    ...spec.parameters.map(each => `  ${each.name} : ${each.type} := ${literal(each)};${note(each)}`),
    'END_VAR',
    'VAR',
    '  Demand : BOOL; // 需要泵运行 | a pump is wanted',
    '  Duty : INT := 1; // 当值泵 | pump on duty',
    '  ResetEdge : R_TRIG;',
    ...(s.swap === 'eachStart' ? ['  DemandEnd : F_TRIG;'] : ['  SwapTimer : TON;']),
    ...(s.startDelayMs === undefined ? [] : ['  StartTimer : TON;']),
    ...(s.assistLevel === undefined ? [] : ['  Assist : BOOL; // 全部投入 | all pumps help']),
    ...(s.faultTakeover
      ? [
          '  Fault : ARRAY[1..PUMPS] OF BOOL;',
          '  Active : INT; // 实际运行的泵 | pump that runs for the one on duty',
          '  i : INT;',
        ]
      : []),
    'END_VAR',
    '',
    '  // 急停锁定，回路闭合后由复位解除 | emergency stop latches until reset with the circuit closed',
    '  ResetEdge(CLK := Reset);',
    '  IF NOT EmergencyStopOk THEN',
    '    EmergencyStopped := TRUE;',
    '  ELSIF ResetEdge.Q THEN',
    '    EmergencyStopped := FALSE;',
    '  END_IF;',
    '',
    '  // 液位回差 | demand by level, with hysteresis',
    ...(s.startDelayMs === undefined ? [] : [`  StartTimer(IN := ${started}, PT := START_DELAY);`]),
    '  IF EmergencyStopped THEN',
    '    Demand := FALSE;',
    `  ELSIF ${s.startDelayMs === undefined ? started : 'StartTimer.Q'} THEN`,
    '    Demand := TRUE;',
    `  ELSIF Level ${drain ? '<=' : '>='} STOP_LEVEL THEN`,
    '    Demand := FALSE;',
    '  END_IF;',
    '',
    ...swapLines(s.swap),
    ...(s.assistLevel === undefined ? [] : assistLines(drain)),
    ...(s.faultTakeover ? faultLines(pumps) : []),
    '  // 输出 | outputs',
    ...pumps.map(i => {
      const turn = s.assistLevel === undefined ? `${active} = ${i}` : `(${active} = ${i} OR Assist)`
      return `  Pump${i}Run := Demand AND ${s.faultTakeover ? `NOT Fault[${i}] AND ` : ''}${turn};`
    }),
    ...(s.highAlarm === undefined ? [] : ['  HighLevelAlarm := Level >= HIGH_ALARM_LEVEL;']),
    ...(s.lowAlarm === undefined ? [] : ['  LowLevelAlarm := Level <= LOW_ALARM_LEVEL;']),
    ...(s.faultTakeover ? [`  AllPumpsFaulted := ${pumps.map(i => `Fault[${i}]`).join(' AND ')};`] : []),
    'END_FUNCTION_BLOCK',
    '',
    'PROGRAM Main',
    'VAR',
    ...spec.signals.map(each => `  ${each.name} AT ${each.address} : ${each.type};${note(each)}`),
    '  Control : FB_PumpAlternation;',
    'END_VAR',
    '',
    `  Control(${inputs.map(each => `${each.name} := ${each.name}`).join(', ')});`,
    ...outputs.map(each => `  ${each.name} := Control.${each.name};`),
    'END_PROGRAM',
  ]
  return `${lines.join('\n')}\n`
}

function note(each: Signal | Parameter): string {
  const unit = each.unit === '' || each.unit === 'ms' ? '' : ` [${each.unit}]`
  return ` // ${each.comment.zh} | ${each.comment.en}${unit}`
}

function literal(parameter: Parameter): string {
  if (parameter.type === 'TIME') return `T#${formatDuration(parameter.value)}`
  if (parameter.type === 'INT') return String(parameter.value)
  return Number.isInteger(parameter.value) ? parameter.value.toFixed(1) : String(parameter.value)
}

function swapLines(swap: 'eachStart' | 'time'): string[] {
  const next = ['    Duty := Duty MOD PUMPS + 1;', '  END_IF;', '']
  if (swap === 'eachStart') {
    return [
      '  // 停止后换下一台当值 | after each stop the next pump is on duty',
      '  DemandEnd(CLK := Demand);',
      '  IF DemandEnd.Q THEN',
      ...next,
    ]
  }
  return [
    '  // 到时换下一台当值 | after the swap time the next pump is on duty',
    '  SwapTimer(IN := NOT SwapTimer.Q, PT := SWAP_TIME);',
    '  IF SwapTimer.Q THEN',
    ...next,
  ]
}

function assistLines(drain: boolean): string[] {
  return [
    '  // 液位继续变化时全部投入，直到停止 | all pumps help from the assist level until the stop',
    '  IF NOT Demand THEN',
    '    Assist := FALSE;',
    `  ELSIF Level ${drain ? '>=' : '<='} ASSIST_LEVEL THEN`,
    '    Assist := TRUE;',
    '  END_IF;',
    '',
  ]
}

function faultLines(pumps: readonly number[]): string[] {
  return [
    '  // 故障泵由下一台接替 | the next pump replaces a faulted one',
    ...pumps.map(i => `  Fault[${i}] := Pump${i}Fault;`),
    '  Active := Duty;',
    '  FOR i := 1 TO PUMPS DO',
    '    IF Fault[Active] THEN',
    '      Active := Active MOD PUMPS + 1;',
    '    END_IF;',
    '  END_FOR;',
    '',
  ]
}
