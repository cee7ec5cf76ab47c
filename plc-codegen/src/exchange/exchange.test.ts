import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { draft } from '../generate/draft.ts'
import { understandRequest } from '../generate/request/understand.ts'
import { canonicalJson } from '../generate/specification.ts'
import { problemTable } from '../problems.ts'
import { loadProgram } from '../run/program.ts'
import { parse } from '../syntax/parser.ts'
import type { Declaration, Item, Section } from '../syntax/tree.ts'
import type { NamedText } from './exchange.ts'
import { type ExchangeFormat, exportFiles, importFiles } from './exchange-files.ts'
import { readPlcopen } from './plcopen/read-project.ts'
import { readXml } from './xml-read.ts'

const options = { name: 'Line', time: '2026-01-02T03:04:05' }
const corpus = new URL('../../../../shared/data/plc/st-corpus/', import.meta.url)
const reference = new URL('../../reference/', import.meta.url)
const schema = readFileSync(new URL('../../schema/tc6_xml_v201.xsd', import.meta.url), 'utf8')
const sources = (folder: URL): NamedText[] =>
  readdirSync(folder)
    .filter(each => each.endsWith('.st'))
    .map(name => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }))
const whole = (each: NamedText) =>
  !parse(each.text, 'codesys').problems.some(one => problemTable[one.code].severity === 'error')

/** An item without places, one name a declaration, aliases as one: what a format may change without changing the meaning. */
function bare(item: unknown): string {
  const plain = JSON.parse(
    JSON.stringify(item, (key, value) =>
      key === 'span' || key === 'comment' ? undefined : typeof value === 'bigint' ? `${value}n` : value,
    ),
    (_key, value) => {
      if (value?.section !== undefined && Array.isArray(value.declarations)) {
        const section = value as Section
        return { ...section, declarations: section.declarations.flatMap(split) }
      }
      if (value?.kind === 'structType') return { ...value, fields: value.fields.flatMap(split) }
      if (value?.kind === 'namedType') return { ...value, name: alias(value.name) }
      return value
    },
  )
  return canonicalJson(plain)
}
const split = (each: Declaration) =>
  each.names.length < 2 ? [each] : each.names.map(name => ({ ...each, names: [name] }))
const alias = (name: string) =>
  ({ TIME_OF_DAY: 'TOD', DATE_AND_TIME: 'DT' })[name.toUpperCase()] ??
  (/^(?:BOOL|BYTE|D?WORD|LWORD|[US]?S?INT|U?[DL]INT|L?REAL|TIME|DATE|TOD|DT)$/i.test(name) ? name.toUpperCase() : name)
const itemsOf = (files: readonly NamedText[]) =>
  files
    .flatMap(each => parse(each.text, 'codesys').unit.items)
    .map(bare)
    .sort()

const everything = `// The line
TYPE Mode : (Off, Auto := 5, Manual); Recipe : STRUCT name : STRING[20] := 'none'; parts : ARRAY[1..3] OF REAL := [1.0, 2(0.5)]; END_STRUCT;
  Percent : INT (0..100); U : UNION w : WORD; b : ARRAY[0..1] OF BYTE; END_UNION; END_TYPE
VAR_GLOBAL CONSTANT LIMIT_SPEED : REAL := 2.5; END_VAR
VAR_GLOBAL lamp AT %QX0.0 : BOOL; END_VAR
INTERFACE IRun METHOD Start : BOOL END_METHOD END_INTERFACE
FUNCTION Twice : INT
VAR_INPUT n : INT; // to be doubled & more <here>
END_VAR
Twice := n * 2;
END_FUNCTION
{attribute 'x'}
FUNCTION_BLOCK Base
VAR_OUTPUT q : BOOL; END_VAR
q := TRUE;
END_FUNCTION_BLOCK
(* drives *)
FUNCTION_BLOCK Motor EXTENDS Base IMPLEMENTS IRun
VAR_INPUT start : BOOL; speed : LREAL := 1.5E3; END_VAR
VAR_IN_OUT r : Recipe; END_VAR
VAR RETAIN hours : UDINT; END_VAR
VAR t : TON := (PT := T#1s500ms); p : POINTER TO INT; x : REFERENCE TO REAL; m : ARRAY[0..1, -2..2] OF Mode; END_VAR
METHOD PUBLIC Start : BOOL
VAR_INPUT now : BOOL; END_VAR
Start := now AND q; // method's note
END_METHOD
PROPERTY Speed : LREAL
GET
Speed := speed;
END_GET
SET
speed := Speed;
END_SET
END_PROPERTY
ACTION Reset:
hours := 0;
END_ACTION
t(IN := start);
IF t.Q AND speed < 10.0 THEN (* inside *)
  r.parts[1] := LIMIT_SPEED;
END_IF;
END_FUNCTION_BLOCK
PROGRAM Main
VAR a : Motor; rec : Recipe; i : INT; END_VAR
VAR_EXTERNAL lamp : BOOL; END_VAR
a(start := i > 3, r := rec);
lamp := a.q; i := Twice(i);
END_PROGRAM
CONFIGURATION Plant
RESOURCE Cpu ON PLC
TASK Fast(INTERVAL := T#10ms, PRIORITY := 1);
PROGRAM P1 WITH Fast : Main;
END_RESOURCE
END_CONFIGURATION
`
const everyFile: NamedText = { name: 'Line.st', text: everything }

async function faults(files: readonly NamedText[]): Promise<string[]> {
  const result = await validateXML({
    xml: files.map(each => ({ fileName: `${each.name}.xml`, contents: each.text })),
    schema: { fileName: 'tc6.xsd', contents: schema },
  })
  return result.errors.map(each => each.message)
}

describe('PLCopen XML TC6 2.01', () => {
  test('every construct is valid against the published schema and reads back as itself', async () => {
    const made = exportFiles([everyFile], 'plcopen', options)
    expect(await faults(made.files)).toEqual([])
    expect(itemsOf(importFiles(made.files).files)).toEqual(itemsOf([everyFile]))
    expect(made.losses.map(each => `${each.values.name} ${each.values.what}`)).toContain('Motor METHOD')
  })

  test('the schema is not taken on trust: a wrong element is found', async () => {
    const [file] = exportFiles([everyFile], 'plcopen', options).files
    expect(
      (
        await faults([
          { name: 'x', text: file!.text.replace('<inputVars>', '<inVars>').replace('</inputVars>', '</inVars>') },
        ])
      ).length,
    ).toBeGreaterThan(0)
  })

  test('comments and pragmas come back too', () => {
    const text = importFiles(exportFiles([everyFile], 'plcopen', options).files).files[0]!.text
    for (const note of [
      '(* drives *)',
      "{attribute 'x'}",
      '// to be doubled & more <here>',
      '(* inside *)',
      "// method's note",
    ])
      expect(text).toContain(note)
  })

  test('what other tools write, without the declaration as text, gives the same units but for what the elements cannot say', () => {
    const [file] = exportFiles([everyFile], 'plcopen', options).files
    const back = readPlcopen(file!.name, file!.text, { plainText: false })
    const own = parse(everything, 'codesys').unit.items.filter(
      each => each.kind === 'pou' || each.kind === 'configuration',
    )
    // The modifier of a method has no element.
    const wanted = own.map(each => bare(each).replace('"modifiers":["PUBLIC"]', '"modifiers":[]'))
    expect(itemsOf(back.files)).toEqual(expect.arrayContaining(wanted))
  })

  test('the reference programs behave the same after the way out and back', () => {
    for (const file of sources(reference)) {
      const back = importFiles(exportFiles([file], 'plcopen', options).files).files[0]!
      expect([file.name, itemsOf([back])]).toEqual([file.name, itemsOf([file])])
    }
  })

  test('a draft is valid, and its import runs', async () => {
    const { specification } = understandRequest('两台泵按液位交替，80%启动、30%停止，带急停')
    const { st } = draft(specification!)
    const made = exportFiles([{ name: 'Pumps.st', text: st }], 'plcopen', options)
    expect(await faults(made.files)).toEqual([])
    const back = importFiles(made.files).files[0]!
    expect(loadProgram(back.text, 'Main').ok).toBe(true)
  })

  test('graphical bodies are named, malformed files refused with a code', () => {
    const [file] = exportFiles([everyFile], 'plcopen', options).files
    const graphic = file!.text.replace(/<ST>[\s\S]*?<\/ST>/, '<FBD/>')
    expect(importFiles([{ name: 'a.xml', text: graphic }]).losses.map(each => each.code)).toContain('ST902')
    for (const text of [
      '',
      '<a>',
      '<project/>',
      '<!DOCTYPE x><project/>',
      '<project><types></project>',
      '<project a="&nope;"><types/></project>',
    ])
      expect(() => importFiles([{ name: 'a.xml', text }]), text).toThrow(/ST903/)
  })
})

describe('TwinCAT', () => {
  test('objects read back as the same units, under ids that stay', () => {
    const made = exportFiles([everyFile], 'twincat', options)
    expect(made.files.map(each => each.name)).toEqual(
      expect.arrayContaining(['Motor.TcPOU', 'Main.TcPOU', 'Line.TcGVL', 'Recipe.TcDUT', 'IRun.TcIO']),
    )
    expect(exportFiles([everyFile], 'twincat', options)).toEqual(made)
    const without = parse(everything, 'codesys').unit.items.filter(each => each.kind !== 'configuration')
    expect(itemsOf(importFiles(made.files).files)).toEqual(without.map(bare).sort())
    const ids = made.files.flatMap(each => [...each.text.matchAll(/Id="(\{[^"]+\})"/g)].map(one => one[1]!))
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids)
      expect(id).toMatch(/^\{[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\}$/)
  })
})

describe('Siemens SCL', () => {
  const pumps = () =>
    draft(understandRequest('两台泵按液位交替，80%启动、30%停止，每4小时切换，带急停').specification!).st

  test('a draft becomes SCL without fault, with its tags and what calls it', () => {
    const made = exportFiles([{ name: 'Pumps.st', text: pumps() }], 'scl', options)
    const [scl, tags] = made.files
    expect(parse(scl!.text, 'scl').problems.filter(each => problemTable[each.code].severity === 'error')).toEqual([])
    expect(scl!.text).toContain('#SwapTimer(IN := NOT #SwapTimer.Q, PT := #SWAP_TIME);')
    expect(scl!.text).toContain('SwapTimer : TON_TIME;')
    expect(scl!.text).toContain('"Main_DB"();')
    expect(tags!.text).toContain('"EmergencyStopOk","%I0.0","BOOL"')
    expect(made.losses).toEqual([])
  })

  test('the units read back as they were, and the block behaves the same', () => {
    const text = pumps()
    const [scl] = exportFiles([{ name: 'Pumps.st', text }], 'scl', options).files
    const back = importFiles([scl!]).files[0]!.text
    const block = (each: string) => {
      const found = parse(each, 'codesys').unit.items.find(
        (item): item is Extract<Item, { kind: 'pou' }> =>
          item.kind === 'pou' && item.name.text === 'FB_PumpAlternation',
      )
      return bare(found)
    }
    expect(block(back)).toBe(block(text))
    expect(importFiles([scl!]).losses.map(each => each.code)).toContain('ST907')
  })

  test('what SCL has no form for is named', () => {
    const { losses } = exportFiles([everyFile], 'scl', options)
    expect(losses.map(each => `${each.values.name} ${each.values.what}`)).toEqual(
      expect.arrayContaining(['Motor METHOD', 'Motor EXTENDS', 'IRun INTERFACE', 'Mode enumType', 'p POINTER TO']),
    )
  })
})

describe.skipIf(!existsSync(corpus))('the real units', () => {
  const real = existsSync(corpus) ? sources(corpus).filter(whole) : []
  test.each(['plcopen', 'twincat'] as const satisfies ExchangeFormat[])(
    '%s and back: the same units',
    format => {
      for (const file of real) {
        const made = exportFiles([file], format, { ...options, dialect: 'codesys' })
        const back = made.files.flatMap(each => importFiles([each]).files)
        const wanted = itemsOf([file]).filter(
          each => format === 'plcopen' || !/"kind":"(?:configuration|dataBlock|namespace)"/.test(each),
        )
        expect([file.name, itemsOf(back)]).toEqual([file.name, wanted])
      }
    },
    120_000,
  )

  test('their PLCopen XML is valid against the published schema', async () => {
    const [project] = exportFiles(real, 'plcopen', { ...options, dialect: 'codesys' }).files
    expect(await faults([project!])).toEqual([])
  }, 120_000)
})

test('XML is read as tools write it', () => {
  const root = readXml('\ufeff<?xml version="1.0"?><!-- c --><p:a x=\'1 &lt; 2\'>t&#x41;<![CDATA[<b>]]><c/>\r\n</p:a>')
  expect(root).toMatchObject({ name: 'a', attributes: { x: '1 < 2' }, children: ['tA', '<b>', { name: 'c' }, '\n'] })
})
