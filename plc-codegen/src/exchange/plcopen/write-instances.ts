import { printExpression } from '../../print/print-expression.ts'
import type { Argument, Configuration, Globals, ProgramInstance, Resource, Task } from '../../syntax/tree.ts'
import type { Source } from '../source-text.ts'
import { element, type XmlElement } from '../xml-write.ts'
import { UNIT_TEXT } from './names.ts'
import { data, sectionElement } from './write-pou.ts'
import { formatted } from './write-type.ts'

/** A configuration. Tasks and programs without a resource stand in one of the configuration's name. */
export function configurationElement(source: Source, item: Configuration): XmlElement {
  const own =
    item.tasks.length + item.programs.length === 0
      ? []
      : [resourceElement(source, { ...item, sections: [], name: item.name })]
  return element('configuration', { name: item.name.text }, [
    ...own,
    ...item.resources.map(each => resourceElement(source, each)),
    ...item.sections.filter(each => each.section === 'VAR_GLOBAL').map(each => sectionElement(source, each)),
  ])
}

function resourceElement(source: Source, item: Omit<Resource, 'span'>): XmlElement {
  const of = (task: Task) =>
    item.programs.filter(each => each.task?.text.toUpperCase() === task.name.text.toUpperCase())
  const named = new Set(item.tasks.map(each => each.name.text.toUpperCase()))
  const free = item.programs.filter(each => each.task === undefined || !named.has(each.task.text.toUpperCase()))
  return element('resource', { name: item.name.text }, [
    ...item.tasks.map(task => {
      const value = (name: string) => task.args.find((each: Argument) => each.name?.text.toUpperCase() === name)?.value
      const text = (name: string) => {
        const found = value(name)
        return found === undefined ? undefined : printExpression(found)
      }
      return element(
        'task',
        { name: task.name.text, single: text('SINGLE'), interval: text('INTERVAL'), priority: text('PRIORITY') ?? '0' },
        of(task).map(instance),
      )
    }),
    ...item.sections.filter(each => each.section === 'VAR_GLOBAL').map(each => sectionElement(source, each)),
    ...free.map(instance),
    item.on === undefined
      ? undefined
      : element('addData', {}, [data(UNIT_TEXT, 'preserve', formatted(`ON ${item.on.text}`))]),
  ])
}

/** Connections of a program instance have no element: they travel as text. */
function instance(each: ProgramInstance): XmlElement {
  const connections = each.args
    .map(
      arg =>
        `${arg.name?.text ?? ''} ${arg.output ? '=>' : ':='} ${arg.value === undefined ? '' : printExpression(arg.value)}`,
    )
    .join(', ')
  return element('pouInstance', { name: each.name.text, typeName: each.type.text }, [
    connections === '' ? undefined : element('addData', {}, [data(UNIT_TEXT, 'preserve', formatted(connections))]),
  ])
}

/** Lists of global variables without a configuration stand in one that carries our name for it. */
export const LISTS = 'GlobalVariables'

export function globalsConfiguration(
  lists: readonly { readonly source: Source; readonly name: string; readonly item: Globals }[],
): XmlElement {
  return element('configuration', { name: LISTS }, [
    element(
      'resource',
      { name: LISTS },
      lists.map(({ source, name, item }) => sectionElement(source, item.section, name)),
    ),
  ])
}
