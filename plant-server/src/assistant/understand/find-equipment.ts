/** Which equipment a text means: by id, by name, or by kind and number. */
import type { Equipment } from '@millwright/contract'
import { conceptsIn } from './lexicon.ts'
import { NUMBER, numberOf } from './numbers.ts'

const fold = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '')

/** Number of a machine in a text: "1 号", "一号", "no. 2", "dryer 2". */
function unitNumber(text: string): number | undefined {
  const hao = new RegExp(`(${NUMBER})\\s*(?:号|#)`).exec(text) ?? /(?:no\.?|number|#)\s*(\d+)/i.exec(text)
  if (hao !== null) return numberOf(hao[1]!)
  const tail =
    /(?:dryer|drier|cutter|packer|bonder|assembly|station|line|pump|烘丝机|切丝机|包装机|贴合机?|邦定机?|组装台?|装配台?|泵)\s*(\d+)/i.exec(
      text,
    )
  return tail === null ? undefined : Number(tail[1])
}

/**
 * The equipment meant, best first. More than one where the text names a kind of which the plant has several: work units
 * before what contains them.
 */
export function findEquipment(text: string, equipment: readonly Equipment[]): Equipment[] {
  const folded = fold(text)
  const byId = equipment.filter(({ id }) => new RegExp(`(?<![a-z0-9])${quoteRegex(id)}(?![a-z0-9-])`, 'i').test(text))
  if (byId.length > 0) return byId.sort((a, b) => b.id.length - a.id.length)
  const byName = equipment
    .filter(({ name }) => folded.includes(fold(name.zh)) || folded.includes(fold(name.en)))
    .sort((a, b) => b.name.zh.length - a.name.zh.length)
  if (byName[0] !== undefined) return byName
  const asked = conceptsIn(text)
  const number = unitNumber(text)
  const scored = equipment.map(unit => {
    const own = conceptsIn(`${unit.name.zh} ; ${unit.name.en}`)
    const shared = [...own].filter(id => asked.has(id)).length
    const fits = number === undefined || unitNumber(unit.name.en) === number || unitNumber(unit.name.zh) === number
    return { unit, score: own.size === 0 || !fits ? 0 : shared / own.size }
  })
  const best = scored.reduce((most, { score }) => Math.max(most, score), 0)
  if (best < 0.5) return []
  const rank = ({ level }: Equipment) => (level === 'work_unit' ? 0 : 1)
  return scored
    .filter(({ score }) => score === best)
    .map(({ unit }) => unit)
    .sort((a, b) => rank(a) - rank(b))
}

const quoteRegex = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
