import { catalogue } from '../../i18n/text.ts'

export const text = catalogue(
  {
    add: '添加点位',
    search: '按名称、描述或单位搜索',
    nothing: '没有匹配的点位',
    choose: '请选择要查看的点位',
    chooseHint: '最多 {n} 条曲线，每种单位一个坐标轴。在图上拖动可放大时间。',
    title: '{n} 条曲线',
    full: '已达到 {n} 条曲线的上限',
    clear: '全部移除',
    selected: '已选 {n}',
    noNumbers: '文字点位不能画成曲线',
  },
  {
    add: 'Add tags',
    search: 'Search by name, description or unit',
    nothing: 'No tag matches',
    choose: 'Choose tags to look at',
    chooseHint: 'At most {n} series, one axis for each unit. Drag across the chart to zoom into time.',
    title: '{n} series',
    full: 'No more than {n} series',
    clear: 'Remove all',
    selected: '{n} chosen',
    noNumbers: 'Text tags cannot be drawn',
  },
)
