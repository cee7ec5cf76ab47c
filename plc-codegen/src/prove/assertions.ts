/** `//#ASSERT expr` in a text, made part of the program: a global remembers that it was broken. */
export interface Asserted {
  readonly text: string
  /** Names of the globals, one an assertion. */
  readonly globals: readonly string[]
}

const mark = /\/\/[ \t]*#ASSERT\b[ \t]*([^\r\n]*)|\(\*[ \t]*#ASSERT\b([\s\S]*?)\*\)/gi

/** Puts a statement where each assertion stands. Lines stay where they are. */
export function withAssertions(text: string): Asserted {
  const globals: string[] = []
  const changed = text.replace(mark, (_, line: string | undefined, block: string | undefined) => {
    // `expr : name` gives the assertion a name; `;` may end it.
    const expression = (line ?? block ?? '')
      .trim()
      .replace(/\/\/.*$/, '')
      .replace(/;\s*$/, '')
      .replace(/\s:\s*\w+\s*$/, '')
    const name = `MW_ASSERTION_${globals.length + 1}`
    globals.push(name)
    return `IF NOT (${expression}) THEN ${name} := TRUE; END_IF;`
  })
  if (globals.length === 0) return { text, globals }
  const declarations = globals.map(each => `${each} : BOOL;`).join(' ')
  return { text: `${changed}\nVAR_GLOBAL ${declarations} END_VAR\n`, globals }
}
