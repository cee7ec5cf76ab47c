/** How fast Structured Text is checked. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkSources } from '@millwright/plc-codegen'
import { median, spreadOf, sum } from './figures.ts'
import { type Bench, CannotMeasure } from './row.ts'
import { sharedData } from './support/folder.ts'

interface Source {
  readonly file: string
  readonly text: string
}

export const stCheck: Bench = {
  name: 'st-check',
  unit: 'lines/s',
  async run({ quick, say }) {
    const { sources, kind } = corpus()
    const lines = sum(sources.map(({ text }) => text.split('\n').length))
    const check = () => {
      const begin = performance.now()
      const diagnostics = checkSources(sources)
      return { seconds: (performance.now() - begin) / 1000, errors: diagnostics.filter(isError).length }
    }
    const cold = check()
    say(`  ${sources.length} units, ${lines} lines, first pass ${cold.seconds.toFixed(2)} s`)
    const rates = Array.from({ length: quick ? 3 : 15 }, () => lines / check().seconds)
    return {
      name: 'st-check',
      unit: 'lines/s',
      values: {
        p50: median(rates),
        first_pass: lines / cold.seconds,
        lines_count: lines,
        units_count: sources.length,
        errors_count: cold.errors,
      },
      n: rates.length,
      spread: spreadOf(rates),
      how: `checkSources (parse, names, types, rules) over ${kind} as one project in one thread, all lines counted, the first pass of a cold process apart`,
    }
  },
}

const isError = ({ severity }: { readonly severity: string }) => severity === 'error'

function corpus(): { readonly sources: Source[]; readonly kind: string } {
  try {
    const folder = sharedData('plc', 'st-corpus')
    const names = readdirSync(folder).filter(name => /\.st$/i.test(name))
    const sources = names.toSorted().map(file => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
    return { sources, kind: 'the units of a public automation library' }
  } catch (error) {
    if (!(error instanceof CannotMeasure)) throw error
    return { sources: Array.from({ length: 300 }, (_, index) => generated(index)), kind: 'generated function blocks' }
  }
}

/** A block of the usual kind: timers, limits, a state and a loop; each calls the one before it. */
function generated(index: number): Source {
  const before = index === 0 ? '' : `  before : Station${index - 1};\n`
  const call = index === 0 ? '' : `before(level := level, start := start);\nready := ready AND before.ready;\n`
  const cases = Array.from(
    { length: 8 },
    (_, state) =>
      `  ${state}: IF delay.Q AND total > ${state * 10}.0 THEN state := ${(state + 1) % 8}; mean := total / INT_TO_REAL(${state + 1}); END_IF;`,
  )
  const text = `FUNCTION_BLOCK Station${index}
VAR_INPUT
  level : REAL;
  start : BOOL;
END_VAR
VAR_OUTPUT
  ready : BOOL;
  mean : REAL;
END_VAR
VAR
  samples : ARRAY[0..15] OF REAL;
  i : INT;
  state : INT;
  total : REAL;
  delay : TON;
${before}END_VAR
delay(IN := start, PT := T#${index + 1}s);
total := 0.0;
FOR i := 0 TO 15 DO
  samples[i] := LIMIT(0.0, level, 100.0);
  total := total + samples[i];
END_FOR;
ready := delay.Q;
CASE state OF
${cases.join('\n')}
ELSE
  state := 0;
END_CASE;
${call}END_FUNCTION_BLOCK
`
  return { file: `station-${index}.st`, text }
}
