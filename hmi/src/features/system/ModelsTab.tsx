/** Models with what their cards say: figures, limits, content hash. */
import { useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { flatMetrics } from './model.ts'
import styles from './system.module.css'
import { text } from './text.ts'

export function ModelsTab() {
  const t = useText(text)
  const query = useRead('listModels')
  if (query.data === undefined || query.data.length === 0)
    return <PanelFrame status={query.data === undefined ? statusOf(query) : { kind: 'empty', text: t('model.none') }} />
  return (
    <div className={styles.cards}>
      {query.data.map(model => (
        <PanelFrame
          key={`${model.name} ${model.version}`}
          title={model.name}
          actions={t('model.version', { version: model.version })}
        >
          <dl className={styles.facts}>
            <dt>{t('model.kind')}</dt>
            <dd>{model.kind}</dd>
            {flatMetrics(model.metrics).map(([name, value]) => [
              <dt key={`${name} t`}>{name}</dt>,
              <dd key={`${name} d`} className="mw-number">
                {value}
              </dd>,
            ])}
            <dt>{t('model.limits')}</dt>
            <dd>
              <ul className={styles.limits}>
                {model.limits.map(limit => (
                  <li key={limit}>{limit}</li>
                ))}
              </ul>
            </dd>
            <dt>{t('model.hash')}</dt>
            <dd className={styles.hash} title={model.sha256}>
              {model.sha256.slice(0, 16)}…
            </dd>
          </dl>
        </PanelFrame>
      ))}
    </div>
  )
}
