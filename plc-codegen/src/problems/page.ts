import { problemTable } from '../problems.ts'
import type { ProblemRow } from './row.ts'

/** The table of problems as the page `docs/problems.md`. */
export function problemsPage(): string {
  const rows = Object.entries(problemTable as Readonly<Record<string, ProblemRow>>).map(
    ([code, row]) =>
      `| ${code} | ${row.severity} | ${row.name} | ${cell(row.message.en)}<br>${cell(row.message.zh)} | ${cell(row.remedy.en)}<br>${cell(row.remedy.zh)} |`,
  )
  return [
    '# Problems',
    '',
    'Every code that `mw-plc` reports. This page is written by `mw-plc problems`; a test holds it equal to the table in `src/problems.ts`.',
    '1xx characters and literals · 2xx syntax · 3xx declarations · 4xx types · 5xx statements · 6xx good practice · 7xx running · 8xx requests.',
    '',
    '| code | severity | name | message | what to do |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
