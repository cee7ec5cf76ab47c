import { expect, it } from 'vitest'
import { blocksOf } from './blocks.ts'

it('cuts a procedure into paragraphs, lists and tables', () => {
  const text =
    'Before **start**\nread this.\n\n1. Close the `gate`\n   and lock it\n2. Start\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\nEnd'
  expect(blocksOf(text)).toEqual([
    { kind: 'paragraph', text: 'Before start read this.' },
    { kind: 'numbered', start: 1, items: ['Close the gate and lock it', 'Start'] },
    { kind: 'list', items: ['one', 'two'] },
    { kind: 'table', head: ['a', 'b'], rows: [['1', '2']] },
    { kind: 'paragraph', text: 'End' },
  ])
})
it('leaves HTML as text', () => {
  expect(blocksOf('<script>x</script>')).toEqual([{ kind: 'paragraph', text: '<script>x</script>' }])
})
