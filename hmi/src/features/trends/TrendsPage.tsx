/** Trends of chosen tags; the choice and the time range are in the URL, so that a link shows the same picture. */
import { Button, Text } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { PageTitle } from '../../components/ui/PageTitle.tsx'
import { useLang, useShared, useText } from '../../i18n/lang.tsx'
import { TimeRangeProvider } from '../../live/time-range.tsx'
import { PanelFrame } from '../../panels/PanelFrame.tsx'
import { RangePicker } from '../../panels/RangePicker.tsx'
import { TrendPanel } from '../../panels/TrendPanel.tsx'
import { specOf } from '../../panels/trend-spec.ts'
import { useTags } from '../../plant/use-plant.ts'
import { MOST, parseTags, printTags, toggled } from './model.ts'
import { TagPicker } from './TagPicker.tsx'
import { text } from './text.ts'
import styles from './trends.module.css'

export function TrendsPage() {
  const t = useText(text)
  const shared = useShared()
  const { lang } = useLang()
  const tags = useTags()
  const search: { tags?: string } = useSearch({ strict: false })
  const navigate = useNavigate()
  const names = search.tags
  const chosen = useMemo(() => parseTags(names), [names])
  const setChosen = (next: readonly string[]) =>
    void navigate({
      to: '.',
      search: (before: Record<string, unknown>) => ({ ...before, tags: printTags(next) }) as never,
      replace: true,
    })
  const specs = useMemo(
    () =>
      chosen.flatMap(name => {
        const tag = tags.find(item => item.tag === name)
        return tag === undefined ? [] : [specOf(tag, lang)]
      }),
    [chosen, tags, lang],
  )
  return (
    <TimeRangeProvider initial="1h">
      <PageTitle title={shared('nav.trends')}>
        <RangePicker />
      </PageTitle>
      <div className={styles.layout}>
        <TagPicker tags={tags} chosen={chosen} onToggle={tag => setChosen(toggled(chosen, tag))} />
        {specs.length === 0 ? (
          <PanelFrame>
            <Text size="lg">{t('choose')}</Text>
            <Text c="dimmed">{t('chooseHint', { n: MOST })}</Text>
          </PanelFrame>
        ) : (
          <TrendPanel
            title={t('title', { n: specs.length })}
            specs={specs}
            height={520}
            onRemove={tag => setChosen(toggled(chosen, tag))}
            actions={
              <Button variant="subtle" color="gray" size="compact-md" onClick={() => setChosen([])}>
                {t('clear')}
              </Button>
            }
          />
        )}
      </div>
    </TimeRangeProvider>
  )
}
