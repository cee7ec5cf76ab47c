/** One tag of the table, drawn again only when its own value changes. */
import type { TagDefinition } from '@millwright/contract'
import { memo } from 'react'
import { LiveNumber } from '../../components/ui/LiveNumber.tsx'
import { useLocal } from '../../i18n/lang.tsx'
import { useFormat } from '../../lib/use-format.ts'
import { useLiveValue } from '../../live/use-live-value.ts'
import { digitsOfTag } from '../../plant/model.ts'

export const TagCells = memo(function TagCells({ row: tag }: { readonly row: TagDefinition }) {
  const local = useLocal()
  const format = useFormat()
  const { value, trust } = useLiveValue(tag.tag)
  const name = local(tag.description) || tag.tag
  return (
    <>
      <td title={name}>{name}</td>
      <td title={tag.tag}>{tag.tag}</td>
      <td data-align="right" data-testid="tag-value" data-tag={tag.tag}>
        <LiveNumber value={value?.value} trust={trust} unit={tag.unit} digits={digitsOfTag(tag)} t={value?.t} />
      </td>
      <td data-align="right">{value === undefined ? '' : format.time(value.t)}</td>
      <td>{tag.equipment ?? ''}</td>
    </>
  )
})
