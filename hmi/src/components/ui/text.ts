/** Words of single values: two-valued signals, and units of order quantities. */
import { catalogue } from '../../i18n/text.ts'

export const text = catalogue(
  { true: '是', false: '否', pcs: '件', case: '箱', m2: 'm²' },
  { true: 'Yes', false: 'No', pcs: 'pcs', case: 'cases', m2: 'm²' },
)
