import {
  accept,
  advance,
  type Cursor,
  expect,
  expectDottedName,
  expectName,
  is,
  peek,
  report,
  shown,
  since,
  warn,
} from './cursor.ts'
import { isSectionStart, parseSection } from './parse-declaration.ts'
import { parsePostfix } from './parse-expression.ts'
import type { Argument, Configuration, Name, ProgramInstance, Resource, Section, Task } from './tree.ts'

interface Parts {
  readonly sections: Section[]
  readonly tasks: Task[]
  readonly programs: ProgramInstance[]
}

/** CONFIGURATION with its resources, tasks and program instances (IEC 61131-3:2013, 6.8.1, table 62). */
export function parseConfiguration(c: Cursor): Configuration {
  const { start } = advance(c)
  const name = expectName(c) ?? nothing(c)
  const parts: Parts = { sections: [], tasks: [], programs: [] }
  const resources: Resource[] = []
  while (c.token.kind !== 'end' && !is(c, 'END_CONFIGURATION')) {
    if (is(c, 'RESOURCE') && peek(c).kind === 'name') resources.push(parseResource(c))
    else if (!parsePart(c, parts)) {
      // Another unit begins: the end of this one is missing.
      if (/^(?:FUNCTION|FUNCTION_BLOCK|TYPE|CONFIGURATION|CLASS)$/.test(c.token.upper)) break
      unexpected(c)
    }
  }
  if (is(c, 'END_CONFIGURATION')) advance(c)
  else
    warn(c, 'ST202', c.token, {
      wanted: 'END_CONFIGURATION',
      opened: 'CONFIGURATION',
      found: shown(c.token),
      at: `@${start}`,
    })
  accept(c, ';')
  return { kind: 'configuration', name, resources, ...parts, span: since(c, start) }
}

function parseResource(c: Cursor): Resource {
  const { start } = advance(c)
  const name = expectName(c) ?? nothing(c)
  const on = accept(c, 'ON') ? expectDottedName(c) : undefined
  const parts: Parts = { sections: [], tasks: [], programs: [] }
  while (c.token.kind !== 'end' && !is(c, 'END_RESOURCE') && !is(c, 'END_CONFIGURATION'))
    if (!parsePart(c, parts)) unexpected(c)
  if (!accept(c, 'END_RESOURCE'))
    report(c, 'ST202', c.token, { wanted: 'END_RESOURCE', opened: 'RESOURCE', found: shown(c.token), at: `@${start}` })
  accept(c, ';')
  return { name, ...parts, span: since(c, start), ...(on === undefined ? {} : { on }) }
}

/** A section, task or program; false where something else stands. */
function parsePart(c: Cursor, parts: Parts): boolean {
  if (isSectionStart(c)) parts.sections.push(parseSection(c))
  else if (is(c, 'TASK') && peek(c).kind === 'name') parts.tasks.push(parseTask(c))
  else if (is(c, 'PROGRAM')) parts.programs.push(parseProgram(c))
  else if (!accept(c, ';')) return false
  return true
}

function parseTask(c: Cursor): Task {
  const { start } = advance(c)
  const name = expectName(c) ?? nothing(c)
  const args = parseArguments(c)
  accept(c, ';') || expect(c, ';')
  return { name, args, span: since(c, start) }
}

function parseProgram(c: Cursor): ProgramInstance {
  const { start } = advance(c)
  const qualifiers: string[] = []
  while ((is(c, 'RETAIN') || is(c, 'NON_RETAIN')) && peek(c).kind === 'name') qualifiers.push(advance(c).upper)
  const name = expectName(c) ?? nothing(c)
  const task = accept(c, 'WITH') ? expectName(c) : undefined
  expect(c, ':')
  const type = expectDottedName(c) ?? nothing(c)
  const args = parseArguments(c)
  accept(c, ';') || expect(c, ';')
  return { name, qualifiers, type, args, span: since(c, start), ...(task === undefined ? {} : { task }) }
}

function parseArguments(c: Cursor): readonly Argument[] {
  if (!is(c, '(')) return []
  const { start } = c.token
  const call = parsePostfix(c, { kind: 'name', name: '', span: { start, end: start } })
  return call.kind === 'call' ? call.args : []
}

function unexpected(c: Cursor): void {
  report(c, 'ST214', c.token, { found: shown(c.token) })
  advance(c)
}

function nothing(c: Cursor): Name {
  return { text: '', span: { start: c.token.start, end: c.token.start } }
}
