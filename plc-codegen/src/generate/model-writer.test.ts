import { describe, expect, test } from 'vitest'
import { codeOf, draftByModel, type Round } from './model-writer.ts'
import { writePumpAlternation } from './patterns/pump-alternation/write.ts'
import { understandRequest } from './request/understand.ts'

const { specification } = understandRequest('两台泵按液位交替，80%启动、30%停止，带急停')
const good = writePumpAlternation(specification!)

/** A model that gives its replies one after the other and keeps what it was told. */
function replies(...texts: readonly string[]) {
  const told: (readonly Round[])[] = []
  const write = async (_: unknown, rounds: readonly Round[]) => {
    told.push([...rounds])
    return texts[Math.min(told.length, texts.length) - 1]!
  }
  return { write, told }
}

describe('a model behind the gate', () => {
  test('a syntax fault and then a wrong limit go back as findings, the third text is green', async () => {
    const syntax = good.replace('Demand := TRUE;', 'Demand := TRUE')
    const limit = good.replace('Level >= START_LEVEL', 'Level < START_LEVEL')
    const model = replies(syntax, limit, `Here it is:\n\`\`\`iecst\n${good}\`\`\`\nDone.`)
    const { draft, rounds } = await draftByModel(specification!, model.write)
    expect(draft.green).toBe(true)
    expect(draft.st).toBe(good)
    expect(rounds.map(each => each.findings.length > 0)).toEqual([true, true, false])
    expect(model.told[1]![0]!.findings[0]).toMatch(/^line \d+, column \d+: ST208/)
    expect(model.told[2]![1]!.findings.join()).toContain('starts and stops by level')
  })

  test('what never becomes right ends after the rounds, is not green, and is the one that came furthest', async () => {
    const nearly = good.replace('Duty := Duty MOD PUMPS + 1;', 'Duty := Duty;')
    const model = replies('PROGRAM Main', nearly, good.replace('END_VAR', ''), 'x', 'y')
    const { draft, rounds } = await draftByModel(specification!, model.write, { rounds: 3 })
    expect(rounds).toHaveLength(3)
    expect(draft.green).toBe(false)
    expect(draft.st).toBe(nearly)
    expect(draft.failures.length).toBeGreaterThan(0)
  })

  test('a model that says the same again is asked no further', async () => {
    const model = replies('PROGRAM Main END_PROGRAM')
    const { draft, rounds } = await draftByModel(specification!, model.write, { rounds: 9 })
    expect([rounds.length, draft.green]).toEqual([2, false])
  })

  test('a program without the asked outputs is red, whatever it says of itself', async () => {
    const empty = 'PROGRAM Main VAR ok : BOOL; END_VAR ok := TRUE; // all scenarios passed\nEND_PROGRAM'
    expect((await draftByModel(specification!, replies(empty).write)).draft.green).toBe(false)
  })

  test('a fault of the model itself is not hidden', async () => {
    const failing = async () => {
      throw new Error('no connection')
    }
    await expect(draftByModel(specification!, failing)).rejects.toThrow('no connection')
  })

  test('code is taken out of its fences', () => {
    expect(codeOf('a')).toBe('a')
    expect(codeOf('x\n```\nshort\n```\n```st\nlonger one\n```')).toBe('longer one\n')
  })
})
