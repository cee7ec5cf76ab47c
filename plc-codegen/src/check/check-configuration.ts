import type { Configuration, Item, ProgramInstance, Task } from '../syntax/tree.ts'
import { findPou, noticeUnknown, type Project, problem, type SourceFile } from './model.ts'

/** Configurations of a file: names once, tasks known and able to run, programs that are programs. */
export function checkConfigurations(project: Project, source: SourceFile, items: readonly Item[] = source.items): void {
  for (const item of items) {
    if (item.kind === 'namespace') checkConfigurations(project, source, item.items)
    if (item.kind !== 'configuration') continue
    for (const part of [item, ...item.resources]) checkRunning(project, source, part)
    once(source, item.resources)
  }
}

type Running = Pick<Configuration, 'tasks' | 'programs'>

function checkRunning(project: Project, source: SourceFile, { tasks, programs }: Running): void {
  once(source, [...tasks, ...programs])
  for (const each of tasks) checkTask(source, each)
  const known = new Set(tasks.map(each => each.name.text.toUpperCase()))
  for (const each of programs) {
    if (each.task !== undefined && !known.has(each.task.text.toUpperCase()))
      problem(source, 'ST311', each.task.span, { name: each.task.text })
    checkProgram(project, source, each)
  }
}

function once(source: SourceFile, named: readonly { readonly name: Task['name'] }[]): void {
  const seen = new Set<string>()
  for (const { name } of named) {
    const upper = name.text.toUpperCase()
    if (seen.has(upper) && upper !== '') problem(source, 'ST301', name.span, { name: name.text })
    seen.add(upper)
  }
}

const parameters: ReadonlySet<string> = new Set(['SINGLE', 'INTERVAL', 'PRIORITY'])

function checkTask(source: SourceFile, task: Task): void {
  const given = new Map(task.args.map(each => [each.name?.text.toUpperCase() ?? '', each]))
  for (const [name, each] of given) {
    if (!parameters.has(name)) problem(source, 'ST312', each.span, { name: each.name?.text ?? '' })
    const { value } = each
    if (value?.kind !== 'literal') continue
    if (name === 'INTERVAL' && (value.literal !== 'time' || BigInt(value.value) <= 0n))
      problem(source, 'ST313', value.span, { name: 'INTERVAL', wanted: 'T#…' })
    if (
      name === 'PRIORITY' &&
      !(value.literal === 'integer' && Number(value.value) >= 0 && Number(value.value) <= 65535)
    )
      problem(source, 'ST313', value.span, { name: 'PRIORITY', wanted: '0..65535' })
  }
  // IEC 61131-3:2013, 6.8.2: a task is started by the edge of SINGLE or by its INTERVAL.
  if (!given.has('SINGLE') && !given.has('INTERVAL')) problem(source, 'ST314', task.name.span, { name: task.name.text })
}

function checkProgram(project: Project, source: SourceFile, instance: ProgramInstance): void {
  const pou = findPou(project, instance.type.text)
  if (pou === undefined) {
    if (project.types.has(instance.type.text.toUpperCase()))
      problem(source, 'ST315', instance.type.span, { name: instance.type.text })
    else noticeUnknown(source, 'ST302', instance.type.text, instance.type.span)
    return
  }
  if (pou.kind !== 'PROGRAM') {
    problem(source, 'ST315', instance.type.span, { name: instance.type.text })
    return
  }
  for (const each of instance.args) {
    const variable = pou.variables.get(each.name?.text.toUpperCase() ?? '')
    const fits =
      variable !== undefined && (each.output ? variable.section === 'VAR_OUTPUT' : variable.section !== 'VAR')
    if (each.name !== undefined && !fits && !pou.open)
      problem(source, 'ST316', each.name.span, { name: each.name.text, pou: pou.name })
  }
}
