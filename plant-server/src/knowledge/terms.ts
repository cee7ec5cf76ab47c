/** What is searched: character pairs of Chinese, words of everything else. */

const STOP_EN = new Set(
  'a an and any are as at be by can could do does for from give has have how i if in into is it its me must my need of on one or our please say says shall should show tell than that the their them then there this to up us was we what when where which who whom whose why will with would you your about during after before first procedure every each all'.split(
    ' ',
  ),
)
/** Question words and fillers that say nothing of the subject. */
const STOP_ZH =
  /第.{1,3}步|什么情况下|情况下|怎么办|怎么做|怎么|怎样|如何|什么|哪些|哪个|哪里|多少|几个|请问|请|告诉|一下|应该|应当|需要|可以|能否|是否|为什么|吗|呢|吧|的|了|在|是|和|与|或|我|你|要|该|时候|注意事项|注意|步骤|规程|规定|流程/g

/** Folds a word to its stem, crudely: enough that "alarms" meets "alarm" and "cleaning" meets "clean". */
function stem(word: string): string {
  if (word.length > 5 && word.endsWith('ing')) return word.slice(0, -3)
  if (word.length > 4 && word.endsWith('ied')) return `${word.slice(0, -3)}y`
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (word.length > 4 && word.endsWith('ed')) return word.slice(0, -2)
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1)
  return word
}

/** Terms of a text in the order they stand; repeated ones repeat. */
export function termsOf(text: string): string[] {
  const folded = text.normalize('NFKC').toLowerCase()
  const words = (folded.match(/[a-z0-9]+(?:[.-][a-z0-9]+)*/g) ?? [])
    .filter(word => !STOP_EN.has(word) && !/^\d{1,2}$/.test(word))
    .map(stem)
  const pairs = folded
    .replaceAll(STOP_ZH, ' ')
    .match(/\p{Script=Han}+/gu)
    ?.flatMap(run => (run.length === 1 ? [] : Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2))))
  return [...words, ...(pairs ?? [])]
}
