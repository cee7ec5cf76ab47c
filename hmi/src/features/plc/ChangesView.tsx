/** What the text in the editor means differently from the version saved last: comments, layout and case are no change. */
import { compareTexts, type ItemChange } from '@millwright/plc-codegen'
import { useMemo } from 'react'
import { useText } from '../../i18n/lang.tsx'
import { PanelFrame } from '../../panels/PanelFrame.tsx'
import { text } from './text.ts'

export function ChangesView({ saved, st }: { readonly saved: string; readonly st: string }) {
  const t = useText(text)
  const changes = useMemo(() => compareTexts(saved, st), [saved, st])
  return (
    <PanelFrame title={t('changes')} testId="plc-changes">
      {changes.length === 0
        ? t('sameMeaning')
        : changes.map(each => (
            <section key={each.item}>
              <strong>
                {t(`change.${each.change}`)} <code>{each.item}</code>
              </strong>
              <Lines change={each} />
            </section>
          ))}
    </PanelFrame>
  )
}

function Lines({ change: { head, variables, body } }: { readonly change: ItemChange }) {
  const t = useText(text)
  return (
    <ul>
      {head ? <li>{t('change.head')}</li> : null}
      {variables.map(each => (
        <li key={each.name}>
          {t(`change.${each.change}`)} <code>{each.to === undefined ? each.name : `${each.name} → ${each.to}`}</code>
        </li>
      ))}
      {body.map((each, i) => (
        <li key={i}>
          <code>
            {each.sign} {each.text.trim()}
          </code>
        </li>
      ))}
    </ul>
  )
}
