/** A PLC draft as an engineer reads it: specification, code, diagnostics, scenarios, timing chart, evidence. */
import { Button } from '@mantine/core'
import { IconCircleCheck, IconDownload, IconSquareX } from '@tabler/icons-react'
import { useLocal, useText } from '../../i18n/lang.tsx'
import { saveText } from '../../lib/save.ts'
import { useFormat } from '../../lib/use-format.ts'
import { PanelFrame } from '../../panels/PanelFrame.tsx'
import { DataTable } from '../../panels/TablePanel.tsx'
import type { DiagnosticShape, DraftShape, SpecificationShape } from './draft-shape.ts'
import styles from './plc.module.css'
import { StEditor } from './StEditor.tsx'
import { TimingChart } from './TimingChart.tsx'
import { text } from './text.ts'

export function SpecificationView({ specification }: { readonly specification: SpecificationShape }) {
  const t = useText(text)
  const local = useLocal()
  const direction = (name: string) =>
    name === 'input' || name === 'output' || name === 'parameter' || name === 'internal' ? t(`direction.${name}`) : name
  const lists = (['states', 'interlocks', 'timings', 'alarms', 'assumptions'] as const).flatMap(key => {
    const items = specification[key] ?? []
    return items.length === 0 ? [] : [{ key, items }]
  })
  return (
    <PanelFrame title={`${t('specification')} · ${local(specification.title)}`} testId="plc-specification">
      <DataTable
        label={t('signals')}
        columns={[
          { key: 'name', head: t('signal'), cell: row => <code>{row.name}</code> },
          { key: 'type', head: t('type'), cell: row => row.type },
          { key: 'direction', head: t('direction'), cell: row => direction(row.direction) },
          { key: 'address', head: t('address'), cell: row => row.address ?? '' },
          { key: 'unit', head: t('unit'), cell: row => row.unit ?? '' },
          { key: 'meaning', head: t('meaning'), cell: row => local(row.comment) },
        ]}
        rows={specification.signals}
        rowKey={row => row.name}
      />
      {specification.parameters === undefined || specification.parameters.length === 0 ? null : (
        <>
          <h4 className={styles.subhead}>{t('parameters')}</h4>
          <DataTable
            label={t('parameters')}
            columns={[
              { key: 'name', head: t('signal'), cell: row => <code>{row.name}</code> },
              { key: 'type', head: t('type'), cell: row => row.type },
              { key: 'value', head: t('value'), cell: row => `${String(row.value)} ${row.unit ?? ''}`, align: 'right' },
              { key: 'meaning', head: t('meaning'), cell: row => local(row.comment) },
            ]}
            rows={specification.parameters}
            rowKey={row => row.name}
          />
        </>
      )}
      {lists.map(({ key, items }) => (
        <div key={key}>
          <h4 className={styles.subhead}>{t(key)}</h4>
          <ul className={styles.list}>
            {items.map((item, i) => (
              <li key={i}>{local(item.text)}</li>
            ))}
          </ul>
        </div>
      ))}
    </PanelFrame>
  )
}

export function DiagnosticsView({ diagnostics }: { readonly diagnostics: readonly DiagnosticShape[] }) {
  const t = useText(text)
  return (
    <PanelFrame
      title={t('diagnostics', { n: diagnostics.length })}
      testId="plc-diagnostics"
      flush={diagnostics.length > 0}
    >
      {diagnostics.length === 0 ? (
        t('noDiagnostics')
      ) : (
        <DataTable
          label={t('diagnostics', { n: diagnostics.length })}
          columns={[
            { key: 'place', head: t('place'), cell: row => `${row.line}:${row.column}`, width: 80 },
            {
              key: 'code',
              head: '',
              cell: row => (
                <span data-severity={row.severity} className={styles.severity}>
                  {t(`severity.${row.severity}`)} {row.code}
                </span>
              ),
            },
            { key: 'message', head: t('message'), cell: row => row.message },
            { key: 'remedy', head: t('remedy'), cell: row => row.remedy },
          ]}
          rows={diagnostics}
          rowKey={(row, i) => `${row.line}:${row.column}:${row.code}:${i}`}
        />
      )}
    </PanelFrame>
  )
}

function EvidenceView({ draft }: { readonly draft: DraftShape }) {
  const t = useText(text)
  const format = useFormat()
  const show = (value: unknown) => {
    if (value === 'passed' || value === 'failed') return t(`result.${value}`)
    return typeof value === 'number' ? format.percent(value > 1 ? value / 100 : value, 0) : String(value)
  }
  const rows = (['parse', 'check', 'scenarios', 'statements', 'branches'] as const).flatMap(key => {
    const coverage = draft.evidence.coverage as Record<string, unknown> | undefined
    const value = draft.evidence[key] ?? coverage?.[key]
    return value === undefined ? [] : [{ key, value }]
  })
  return (
    <PanelFrame title={t('evidence')} testId="plc-evidence">
      <div className={styles.verdict} data-green={draft.green} data-testid="plc-green">
        {draft.green ? <IconCircleCheck size={22} aria-hidden /> : <IconSquareX size={22} aria-hidden />}
        {t(draft.green ? 'green' : 'notGreen')}
      </div>
      <dl className={styles.facts}>
        {rows.map(({ key, value }) => (
          <div key={key}>
            <dt>{t(`evidence.${key}`)}</dt>
            <dd>{show(value)}</dd>
          </div>
        ))}
      </dl>
    </PanelFrame>
  )
}

export function DraftView({ draft, name }: { readonly draft: DraftShape; readonly name: string }) {
  const t = useText(text)
  const local = useLocal()
  const passed = draft.scenarios.filter(each => each.passed).length
  return (
    <div className={styles.draft} data-testid="plc-draft">
      <SpecificationView specification={draft.specification} />
      <EvidenceView draft={draft} />
      <PanelFrame
        title={t('code')}
        actions={
          <Button
            variant="default"
            leftSection={<IconDownload size={18} />}
            onClick={() => saveText(`${name}.st`, draft.st, 'text/plain')}
            data-testid="download-st"
          >
            {t('download')}
          </Button>
        }
      >
        <StEditor value={draft.st} diagnostics={draft.diagnostics} />
      </PanelFrame>
      <DiagnosticsView diagnostics={draft.diagnostics} />
      <PanelFrame title={t('chart')}>
        <TimingChart chart={draft.chart} />
      </PanelFrame>
      <PanelFrame title={t('scenarios', { passed, total: draft.scenarios.length })}>
        <ul className={styles.list} data-testid="plc-scenarios">
          {draft.scenarios.map(each => (
            <li key={each.id} data-passed={each.passed}>
              {local(each.title)} — <b>{t(each.passed ? 'scenario.passed' : 'scenario.failed')}</b>
            </li>
          ))}
        </ul>
      </PanelFrame>
    </div>
  )
}
