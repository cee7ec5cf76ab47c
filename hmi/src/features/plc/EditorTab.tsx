/** The editor: checked in the browser as one types, by the same library as on the command line. */

import { Button, Group, Stack, TextInput } from '@mantine/core'
import { checkSources, format } from '@millwright/plc-codegen'
import { useDeferredValue, useMemo, useState } from 'react'
import { DiagnosticsView } from '../../components/plc/DraftView.tsx'
import { StEditor } from '../../components/plc/StEditor.tsx'
import { ReasonDialog } from '../../components/ui/ReasonDialog.tsx'
import { useLang, useText } from '../../i18n/lang.tsx'
import { useChange } from '../../lib/query.ts'
import { useMay } from '../../lib/session.ts'
import { ChangesView } from './ChangesView.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import type { Kept } from './keep.ts'
import { text } from './text.ts'

export interface EditorTabProps {
  readonly work: Kept
  readonly onWork: (work: Kept) => void
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,79}$/

export function EditorTab({ work, onWork }: EditorTabProps) {
  const t = useText(text)
  const { lang } = useLang()
  const maySave = useMay('savePlcProgram')
  const [saving, setSaving] = useState(false)
  const save = useChange('savePlcProgram', program => {
    setSaving(false)
    onWork({ ...work, name: program.name, saved: program.st })
  })
  const { name, st } = work
  // Typing stays ahead of the checker on long programs.
  const settled = useDeferredValue(st)
  const diagnostics = useMemo(
    () => checkSources([{ file: `${name}.st`, text: settled }], { lang }),
    [settled, name, lang],
  )
  const broken = diagnostics.some(each => each.severity === 'error')
  return (
    <Stack>
      <Group align="end">
        <TextInput
          label={t('name')}
          description={t('nameHint')}
          value={name}
          onChange={event => onWork({ ...work, name: event.currentTarget.value })}
          error={NAME.test(name) ? undefined : t('nameFault')}
        />
        <Button
          h={36}
          variant="default"
          disabled={broken}
          title={broken ? t('formatBroken') : undefined}
          onClick={() => onWork({ ...work, st: format(st) })}
        >
          {t('format')}
        </Button>
        <ExportMenu name={name} st={st} />
        {maySave ? (
          <Button h={36} disabled={!NAME.test(name) || st.trim() === ''} onClick={() => setSaving(true)}>
            {t('save')}
          </Button>
        ) : null}
        <span role="status">
          {st === work.saved
            ? save.data === undefined
              ? ''
              : t('saved', { name: save.data.name, version: save.data.version })
            : t('unsaved')}
        </span>
      </Group>
      <StEditor value={st} diagnostics={diagnostics} onChange={value => onWork({ ...work, st: value })} />
      <DiagnosticsView diagnostics={diagnostics} />
      {work.saved === '' || settled === work.saved ? null : <ChangesView saved={work.saved} st={settled} />}
      {saving ? (
        <ReasonDialog
          title={t('saveTitle', { name })}
          confirm={t('save')}
          onClose={() => setSaving(false)}
          onConfirm={reason => save.mutate({ body: { name, st, specification: work.specification, reason } })}
          pending={save.isPending}
          error={save.error}
        />
      ) : null}
    </Stack>
  )
}
