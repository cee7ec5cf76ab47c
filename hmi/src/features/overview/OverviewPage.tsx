/** The plant at a glance. */
import { PageTitle } from '../../components/ui/PageTitle.tsx'
import { useShared } from '../../i18n/lang.tsx'
import { useLines } from '../../plant/use-plant.ts'
import { LateOrders } from './LateOrders.tsx'
import { LineCard } from './LineCard.tsx'
import styles from './overview.module.css'
import { Tiles } from './Tiles.tsx'

export function OverviewPage() {
  const shared = useShared()
  const lines = useLines()
  return (
    <>
      <PageTitle title={shared('nav.overview')} />
      <Tiles />
      <div className={styles.lines}>
        {lines.map(line => (
          <LineCard key={line.agent} line={line} />
        ))}
      </div>
      <LateOrders />
    </>
  )
}
