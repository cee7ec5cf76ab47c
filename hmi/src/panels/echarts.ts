/** The parts of ECharts that the suite uses: bar, line, scatter, custom (Gantt) and heat map, on canvas. */
import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts'
import {
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components'
import { type ECharts, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

let ready = false

export function createChart(element: HTMLElement): ECharts {
  if (!ready)
    use([
      BarChart,
      LineChart,
      ScatterChart,
      CustomChart,
      HeatmapChart,
      GridComponent,
      TooltipComponent,
      LegendComponent,
      DataZoomComponent,
      MarkLineComponent,
      MarkAreaComponent,
      VisualMapComponent,
      CanvasRenderer,
    ])
  ready = true
  return init(element)
}
