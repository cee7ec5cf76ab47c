/** Structured Text in CodeMirror: highlighted, with diagnostics at their places; read-only without `onChange`. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef } from 'react'
import { useText } from '../../i18n/lang.tsx'
import type { DiagnosticShape } from './draft-shape.ts'
import styles from './plc.module.css'
import { structuredText } from './st-language.ts'
import { text } from './text.ts'

const highlight = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--mw-pen-1)', fontWeight: '650' },
  { tag: tags.typeName, color: 'var(--mw-pen-4)' },
  { tag: tags.comment, color: 'var(--mw-ink-3)', fontStyle: 'italic' },
  { tag: tags.string, color: 'var(--mw-pen-3)' },
  { tag: [tags.number, tags.atom], color: 'var(--mw-pen-2)' },
  { tag: tags.meta, color: 'var(--mw-ink-3)' },
])

const look = EditorView.theme({
  '&': { fontSize: '14px', backgroundColor: 'var(--mw-raised)', color: 'var(--mw-ink)', maxHeight: '560px' },
  '.cm-scroller': { fontFamily: 'var(--mw-mono)', overflow: 'auto' },
  '.cm-gutters': { backgroundColor: 'var(--mw-surface)', color: 'var(--mw-ink-3)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--mw-sunken)' },
  '.cm-content': { caretColor: 'var(--mw-ink)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--mw-raised)',
    color: 'var(--mw-ink)',
    border: '1px solid var(--mw-line-strong)',
  },
})

const SEVERITY = { error: 'error', warning: 'warning', notice: 'info' } as const

export interface StEditorProps {
  readonly value: string
  readonly diagnostics: readonly DiagnosticShape[]
  readonly onChange?: (value: string) => void
}

export function StEditor({ value, diagnostics, onChange }: StEditorProps) {
  const t = useText(text)
  const box = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorView>(undefined)
  const change = useRef(onChange)
  change.current = onChange
  const label = t('editor')
  const readOnly = onChange === undefined

  useEffect(() => {
    if (box.current === null) return undefined
    const view = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          lineNumbers(),
          history(),
          bracketMatching(),
          indentUnit.of('  '),
          structuredText,
          syntaxHighlighting(highlight),
          lintGutter(),
          look,
          keymap.of([...defaultKeymap, ...historyKeymap, ...(readOnly ? [] : [indentWithTab])]),
          EditorState.readOnly.of(readOnly),
          ...(readOnly ? [] : [highlightActiveLine()]),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of(update => {
            if (update.docChanged) change.current?.(update.state.doc.toString())
          }),
        ],
      }),
    })
    editor.current = view
    return () => view.destroy()
  }, [readOnly, label])

  useEffect(() => {
    const view = editor.current
    if (view === undefined || view.state.doc.toString() === value) return
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } })
  }, [value])

  useEffect(() => {
    const view = editor.current
    if (view === undefined) return
    const { doc } = view.state
    const offset = (line: number, column: number) => {
      const at = doc.line(Math.min(Math.max(1, line), doc.lines))
      return Math.min(at.from + Math.max(0, column - 1), at.to)
    }
    const marks = diagnostics.map(each => {
      const from = offset(each.line, each.column)
      const to = each.endLine === undefined ? from + 1 : offset(each.endLine, each.endColumn ?? each.column + 1)
      return {
        from,
        to: Math.min(doc.length, Math.max(to, from)),
        severity: SEVERITY[each.severity],
        message: `${each.code} ${each.message}\n${each.remedy}`,
      }
    })
    view.dispatch(setDiagnostics(view.state, marks))
  }, [diagnostics, value])

  return <div ref={box} className={styles.editor} data-testid="st-editor" />
}
