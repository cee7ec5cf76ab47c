const digits: Readonly<Record<string, number>> = {
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const words: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  half: 0.5,
  a: 1,
  an: 1,
}

/** Lower case, half-width signs, numbers in digits: 两台 → 2台, 百分之八十 → 80%, "thirty percent" → "30 %". */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(
      /百分之([零一二三四五六七八九十百]+|\d+(?:\.\d+)?)/g,
      (_, value: string) => `${/^\d/.test(value) ? value : chineseNumber(value)}%`,
    )
    .replace(/半个?(?=小时|分钟)/g, '0.5')
    .replace(/每(?=天|日|个?小时|分钟)/g, '每1')
    .replace(/每周|每星期/g, '每7天')
    .replace(/\bdaily\b/g, 'every 1 day')
    .replace(/\bhourly\b/g, 'every 1 hour')
    .replace(/\bweekly\b|\bevery week\b/g, 'every 7 days')
    .replace(/\b(?:every|each|per) (?=(?:hour|day|minute)\b)/g, 'every 1 ')
    .replace(
      /([零一二两三四五六七八九十百]+)(?=\s*(?:台|个|只|泵|小时|分|秒|天|米|厘米|毫米|%|号))/g,
      (value: string) => String(chineseNumber(value)),
    )
    .replace(/\b(half)\s+an?\s+(?=hour|minute)/g, '0.5 ')
    .replace(
      /\b(?:(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ](one|two|three|four|five|six|seven|eight|nine))\b/g,
      (_, tens: string, ones: string) => String(words[tens]! + words[ones]!),
    )
    .replace(
      /\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b/g,
      (word: string) => String(words[word]),
    )
    .replace(/\ban?\s+(?=hour|minute|day)/g, '1 ')
    .replace(/\bpercent\b|\bper cent\b/g, '%')
}

/** 八十五 → 85, 一百二十 → 120. */
function chineseNumber(text: string): number {
  let total = 0
  let pending: number | undefined
  for (const c of text) {
    if (c === '十' || c === '百') {
      total += (pending ?? 1) * (c === '十' ? 10 : 100)
      pending = undefined
    } else {
      pending = digits[c] ?? 0
    }
  }
  return total + (pending ?? 0)
}
