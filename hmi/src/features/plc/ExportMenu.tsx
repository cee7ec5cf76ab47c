/** The text as other engineering tools take it, made in the browser. What a form cannot hold is named below. */
import { Button, Menu } from '@mantine/core'
import { ExchangeFault, type ExchangeFormat, exportFiles, type Loss, problemText } from '@millwright/plc-codegen'
import { useState } from 'react'
import { useLang, useText } from '../../i18n/lang.tsx'
import { saveText } from '../../lib/save.ts'
import { text } from './text.ts'

const FORMATS = ['st', 'plcopen', 'twincat', 'scl'] as const satisfies readonly ExchangeFormat[]

export function ExportMenu({ name, st }: { readonly name: string; readonly st: string }) {
  const t = useText(text)
  const { lang } = useLang()
  const [losses, setLosses] = useState<readonly Loss[]>([])
  const save = (format: ExchangeFormat) => {
    try {
      const time = new Date().toISOString().slice(0, 19)
      const made = exportFiles([{ name: `${name}.st`, text: st }], format, { name, time })
      for (const file of made.files)
        saveText(file.name, file.text, /\.(?:xml|Tc\w+)$/.test(file.name) ? 'application/xml' : 'text/plain')
      setLosses(made.losses)
    } catch (error) {
      if (!(error instanceof ExchangeFault)) throw error
      setLosses([error.loss])
    }
  }
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button h={36} variant="default" disabled={st.trim() === ''}>
            {t('export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {FORMATS.map(format => (
            <Menu.Item key={format} onClick={() => save(format)}>
              {t(`export.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {losses.length === 0 ? null : (
        <ul role="status" data-testid="plc-losses">
          {losses.map((loss, i) => (
            <li key={i}>{problemText(loss.code, loss.values, lang)}</li>
          ))}
        </ul>
      )}
    </>
  )
}
