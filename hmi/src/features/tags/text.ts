import { catalogue } from '../../i18n/text.ts'

export const text = catalogue(
  {
    name: '名称',
    tag: '点位',
    value: '当前值',
    time: '取值时间',
    equipment: '设备',
    search: '按名称、描述、单位或设备搜索',
    count: '{n} / {all} 个点位',
    nothing: '没有匹配的点位',
    list: '点位与当前值',
  },
  {
    name: 'Name',
    tag: 'Tag',
    value: 'Value',
    time: 'Taken at',
    equipment: 'Equipment',
    search: 'Search by name, description, unit or equipment',
    count: '{n} of {all} tags',
    nothing: 'No tag matches',
    list: 'Tags with their values',
  },
)
