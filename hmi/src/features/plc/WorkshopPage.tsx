import { PageTitle } from '../../components/ui/PageTitle.tsx'
import { useShared } from '../../i18n/lang.tsx'

export function WorkshopPage() {
  const t = useShared()
  return <PageTitle title={t('nav.plc')} />
}
