/** A uPlot chart that fills its box: made again when its options change, fed when its data do. */
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import styles from './panels.module.css'

export type PlotOptions = Omit<uPlot.Options, 'width' | 'height'>

export interface UPlotBoxProps {
  /** Keep the same object while nothing but data changes. */
  readonly options: PlotOptions
  readonly data: uPlot.AlignedData
  readonly height: number
  /** One sentence for those who do not see the picture. */
  readonly summary: string
}

export function UPlotBox({ options, data, height, summary }: UPlotBoxProps) {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  const latest = useRef(data)
  latest.current = data
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const made = new uPlot({ ...options, width: Math.max(120, element.clientWidth), height }, latest.current, element)
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: Math.max(120, element.clientWidth), height }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      plot.current = undefined
    }
  }, [options, height])
  useEffect(() => {
    plot.current?.setData(data)
  }, [data])
  return <div ref={box} className={styles.chart} style={{ height }} role="img" aria-label={summary} />
}
