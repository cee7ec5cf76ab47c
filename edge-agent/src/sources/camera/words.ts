/** Words of a command line, pure: parted by blanks; quotes hold blanks together, a backslash takes the next character as it is. */
export function splitWords(text: string): string[] {
  const words: string[] = []
  let word = ''
  let open: '"' | "'" | undefined
  let begun = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!
    if (char === '\\' && open !== "'" && at + 1 < text.length) {
      at += 1
      word += text[at]
      begun = true
    } else if (open !== undefined) {
      if (char === open) open = undefined
      else word += char
    } else if (char === '"' || char === "'") {
      open = char
      begun = true
    } else if (/\s/.test(char)) {
      if (begun) words.push(word)
      word = ''
      begun = false
    } else {
      word += char
      begun = true
    }
  }
  return begun ? [...words, word] : words
}
