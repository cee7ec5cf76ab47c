/** The Gantt chart as an ECharts option: a custom series with a bar an operation; late orders are hatched by outline and colour. */
import type { ChartOption } from '../../panels/EChartPanel.tsx'
import type { Tokens } from '../../panels/use-tokens.ts'
import type { Gantt, GanttBar } from './model.ts'

export interface GanttWords {
  /** Name of an equipment id. */
  readonly name: (id: string) => string
  readonly time: (t: number) => string
  readonly axisTime: (t: number) => string
  readonly now: string
  readonly describe: (bar: GanttBar) => string
}

interface RenderApi {
  value(dimension: number): number
  coord(point: [number, number]): [number, number]
  size(span: [number, number]): [number, number]
}

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

export function ganttOption(
  gantt: Gantt,
  window: { start: number; end: number },
  now: number,
  tokens: Tokens,
  words: GanttWords,
  selected: string | undefined,
): ChartOption {
  const { rows, bars } = gantt
  const fillOf = (bar: GanttBar) =>
    bar.late ? tokens['medium-soft'] : bar.frozen ? tokens['normal-band'] : tokens['accent-soft']
  return {
    animation: false,
    grid: { left: 150, right: 16, top: 22, bottom: 64 },
    tooltip: {
      confine: true,
      backgroundColor: tokens.raised,
      borderColor: tokens['line-strong'],
      textStyle: { color: tokens.ink },
      formatter: (point: { dataIndex: number }) =>
        escapeHtml(words.describe(bars[point.dataIndex]!)).replaceAll('\n', '<br>'),
    },
    xAxis: {
      type: 'time',
      axisLabel: { color: tokens['ink-2'], formatter: (t: number) => words.axisTime(t), hideOverlap: true },
      axisLine: { lineStyle: { color: tokens['line-strong'] } },
      splitLine: { show: true, lineStyle: { color: tokens.grid } },
    },
    yAxis: {
      type: 'category',
      data: rows.map(words.name),
      axisLabel: { color: tokens.ink, width: 138, overflow: 'truncate' },
      axisTick: { show: false },
      axisLine: { show: false },
      splitLine: { show: true, lineStyle: { color: tokens.grid } },
    },
    dataZoom: [
      {
        type: 'slider',
        startValue: window.start,
        endValue: window.end,
        bottom: 8,
        height: 26,
        borderColor: tokens.line,
        textStyle: { color: tokens['ink-2'] },
        labelFormatter: (t: number) => words.time(t),
        brushSelect: false,
      },
      { type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false },
    ],
    series: [
      {
        type: 'custom',
        encode: { x: [1, 2], y: 0 },
        data: bars.map(bar => [bar.row, bar.start, bar.end]),
        clip: true,
        renderItem: (params: { dataIndex: number; coordSys: { x: number; width: number } }, api: RenderApi) => {
          const bar = bars[params.dataIndex]!
          const [x, y] = api.coord([api.value(1), api.value(0)])
          const [right] = api.coord([api.value(2), api.value(0)])
          const [setupX] = api.coord([api.value(1) - bar.setupMinutes * 60_000, api.value(0)])
          const height = Math.min(26, api.size([0, 1])[1] * 0.66)
          const width = Math.max(1.5, right - x)
          const isSelected = bar.order === selected
          const stroke = isSelected ? tokens.ink : bar.late ? tokens.medium : tokens.accent
          return {
            type: 'group',
            children: [
              {
                type: 'rect',
                shape: { x: setupX, y: y - height / 4, width: Math.max(0, x - setupX), height: height / 2 },
                style: { fill: tokens.line },
              },
              {
                type: 'rect',
                shape: { x, y: y - height / 2, width, height, r: 2 },
                style: { fill: fillOf(bar), stroke, lineWidth: isSelected ? 3 : bar.late ? 2 : 1 },
              },
              ...(width > 58
                ? [
                    {
                      type: 'text',
                      style: {
                        x: x + 5,
                        y,
                        text: bar.order,
                        fill: tokens.ink,
                        font: '12px sans-serif',
                        textVerticalAlign: 'middle',
                        width: width - 8,
                        overflow: 'truncate',
                      },
                    },
                  ]
                : []),
            ],
          }
        },
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          lineStyle: { color: tokens.ink, type: 'dashed', width: 1.5 },
          label: { formatter: words.now, color: tokens.ink, position: 'end', rotate: 0, distance: 2 },
          data: [{ xAxis: now }],
        },
      },
    ],
  }
}
