/** The documents of the plant: listed, read, searched. */
import { type KnowledgeDocument, type Problem, ProblemError } from '@millwright/contract'
import { parseDocument } from './parse-document.ts'
import { createSearch, type Search } from './search.ts'

export interface Library extends Search {
  list(): readonly Pick<KnowledgeDocument, 'id' | 'lang' | 'title'>[]
  /** Refuses with MW-2004. */
  get(id: string): KnowledgeDocument
  /** Documents that could not be used, each with place and remedy. The others serve. */
  readonly faults: readonly Problem[]
}

/** @param files texts by file name */
export function createLibrary(files: ReadonlyMap<string, string>): Library {
  const parsed = [...files].map(([file, text]) => parseDocument(file, text))
  const documents = parsed.flatMap(result => (result.ok ? [result.value] : [])).sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    ...createSearch(documents),
    faults: parsed.flatMap(result => (result.ok ? [] : result.fault)),
    list: () => documents.map(({ id, lang, title }) => ({ id, lang, title })),
    get(id) {
      const found = documents.find(doc => doc.id === id)
      if (found === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'document', id } })
      return found
    },
  }
}
