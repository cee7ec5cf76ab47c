/** The inspected image with its defects drawn over it, in the image's own pixels: wheel zooms, dragging moves. */

import { ActionIcon, Group, Switch } from '@mantine/core'
import type { Defect } from '@millwright/contract'
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { useText } from '../../i18n/lang.tsx'
import styles from './inspections.module.css'
import { pan, type View, zoom } from './model.ts'
import { text } from './text.ts'

export interface ImageViewProps {
  readonly src: string
  readonly name: string
  readonly width: number
  readonly height: number
  readonly defects: readonly Defect[]
  readonly selected: number | undefined
  readonly onSelect: (index: number) => void
  /** A small picture of the same, shown until the whole one is there. */
  readonly preview: string
  readonly view: View
  readonly onView: (view: View) => void
}

const STEP = 1.5

export function ImageView(props: ImageViewProps) {
  const { src, preview, name, width, height, defects, selected, onSelect, view, onView } = props
  const t = useText(text)
  const svg = useRef<SVGSVGElement>(null)
  const drag = useRef<{ x: number; y: number } | undefined>(undefined)
  const latest = useRef({ view, onView })
  latest.current = { view, onView }
  const [overlay, setOverlay] = useState(true)

  /** From a place on the screen to a place in the image. */
  const toImage = (clientX: number, clientY: number) => {
    const box = svg.current!.getBoundingClientRect()
    const now = latest.current.view
    return {
      x: now.x + ((clientX - box.left) / box.width) * now.width,
      y: now.y + ((clientY - box.top) / box.height) * now.height,
    }
  }
  useEffect(() => {
    const element = svg.current
    if (element === null) return undefined
    // React listens passively; the page must not scroll while the image zooms.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const now = latest.current
      now.onView(
        zoom(now.view, event.deltaY < 0 ? STEP : 1 / STEP, toImage(event.clientX, event.clientY), width, height),
      )
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [width, height])

  const onMove = (event: PointerEvent<SVGSVGElement>) => {
    const from = drag.current
    if (from === undefined) return
    const box = svg.current!.getBoundingClientRect()
    const scale = view.width / box.width
    onView(pan(view, (event.clientX - from.x) * scale, (event.clientY - from.y) * scale, width, height))
    drag.current = { x: event.clientX, y: event.clientY }
  }
  const middle = { x: view.x + view.width / 2, y: view.y + view.height / 2 }
  const stroke = view.width / 500
  return (
    <div>
      <svg
        ref={svg}
        className={styles.image}
        viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
        style={{ aspectRatio: `${width} / ${height}` }}
        role="img"
        aria-label={t('image', { name, n: defects.length })}
        data-testid="inspection-image"
        data-zoom={(width / view.width).toFixed(2)}
        onPointerDown={event => {
          drag.current = { x: event.clientX, y: event.clientY }
          event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={onMove}
        onPointerUp={() => {
          drag.current = undefined
        }}
      >
        <image href={preview} width={width} height={height} />
        <image
          href={src}
          width={width}
          height={height}
          style={{ imageRendering: width / view.width > 6 ? 'pixelated' : 'auto' }}
        />
        {overlay
          ? defects.map(({ bbox: [x, y, w, h] }, index) => (
              <g
                key={index}
                onPointerDown={() => onSelect(index)}
                className={styles.box}
                data-selected={index === selected}
              >
                <rect
                  x={x - stroke}
                  y={y - stroke}
                  width={w + 2 * stroke}
                  height={h + 2 * stroke}
                  strokeWidth={stroke * (index === selected ? 2.2 : 1.2)}
                />
                <text x={x} y={y - 3 * stroke} fontSize={stroke * 9}>
                  {index + 1}
                </text>
              </g>
            ))
          : null}
      </svg>
      <Group mt={8} gap={6}>
        <ActionIcon
          variant="default"
          size={44}
          aria-label={t('zoomIn')}
          onClick={() => onView(zoom(view, STEP, middle, width, height))}
        >
          <IconPlus size={20} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={44}
          aria-label={t('zoomOut')}
          onClick={() => onView(zoom(view, 1 / STEP, middle, width, height))}
        >
          <IconMinus size={20} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={44}
          aria-label={t('zoomReset')}
          onClick={() => onView({ x: 0, y: 0, width, height })}
        >
          <IconMaximize size={20} />
        </ActionIcon>
        <Switch label={t('overlay')} checked={overlay} onChange={event => setOverlay(event.currentTarget.checked)} />
      </Group>
    </div>
  )
}
