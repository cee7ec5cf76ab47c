/** A Markdown document of the plant → sections with anchors. Form: `# Title`, then `## Heading {#anchor}` per section. */
import { failed, type KnowledgeDocument, type Lang, ok, type Problem, type Result } from '@millwright/contract'

/** @param file name such as `sop-alarms.zh.md`: id and language stand in it */
export function parseDocument(file: string, text: string): Result<KnowledgeDocument, Problem[]> {
  const name = /^([a-z0-9-]+)\.(zh|en)\.md$/.exec(file)
  const faults: Problem[] = []
  const fault = (line: number, detail: string) =>
    faults.push({ code: 'MW-5004', place: `${file}:${line}`, values: { detail } })
  if (name === null) fault(1, 'the file name must be ID.zh.md or ID.en.md, ID of a-z, 0-9 and -')
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  const title = /^# (.+)$/.exec(lines[0] ?? '')?.[1]?.trim()
  if (title === undefined) fault(1, 'the first line must be "# Title"')
  const sections: { anchor: string; heading: string; lines: string[] }[] = []
  lines.slice(1).forEach((line, i) => {
    if (!line.startsWith('## ')) {
      if (sections.length > 0) sections.at(-1)!.lines.push(line)
      else if (line.trim() !== '') fault(i + 2, 'text before the first "## Heading {#anchor}"')
      return
    }
    const head = /^## (.+?)\s*\{#([a-z0-9-]+)\}\s*$/.exec(line)
    if (head === null) fault(i + 2, 'a heading must be "## Heading {#anchor}", anchor of a-z, 0-9 and -')
    else if (sections.some(section => section.anchor === head[2])) fault(i + 2, `the anchor "${head[2]}" is used twice`)
    else sections.push({ heading: head[1]!, anchor: head[2]!, lines: [] })
  })
  if (sections.length === 0) fault(1, 'there is no section')
  if (faults.length > 0 || name === null || title === undefined) return failed(faults)
  return ok({
    id: `${name[1]}.${name[2]}`,
    lang: name[2] as Lang,
    title,
    sections: sections.map(section => ({
      anchor: section.anchor,
      heading: section.heading,
      text: section.lines.join('\n').trim(),
    })),
  })
}

/** The numbered steps of a section's text, in order; step 1 first. */
export const stepsOf = (text: string): string[] =>
  text.split('\n').flatMap(line => {
    const step = /^\d+\.\s+(.*)$/.exec(line.trim())
    return step === null ? [] : [step[1]!]
  })
