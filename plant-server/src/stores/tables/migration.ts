/** One step of the records' schema: applied once, in the order of the list, each in a transaction of its own. */
export interface Migration {
  /** Unique for ever, e.g. `people-1`. A step that has been released is never edited: add another. */
  readonly id: string
  readonly sql: string
}
