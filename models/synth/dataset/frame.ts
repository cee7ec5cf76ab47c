import { createRandom, type Random } from '../random.ts'
import { renderPanel } from '../render-panel.ts'
import type { DefectRequest, Rendered, SurfaceSettings } from '../types.ts'

/** One full-HD surface capture of a data set: frame `index` of the set named `set`. About one frame in six is good. */
export function renderFrame(set: string, index: number, settings: SurfaceSettings): Rendered {
  const random = createRandom(`${set}/${index}`)
  return renderPanel({
    seed: `${set}/${index}/picture`,
    width: 1920,
    height: 1080,
    pattern: 'surface',
    defects: index % 6 === 5 ? [] : drawDefects(random),
    nuisances: random.chance(0.3)
      ? ['vignetting', 'noise', 'blur', 'lens_dust', 'reflection']
      : ['vignetting', 'noise', 'blur'],
    settings,
  })
}

function drawDefects(random: Random): DefectRequest[] {
  const many = (kind: DefectRequest['class'], most: number) =>
    Array.from({ length: random.integer(0, most) }, (): DefectRequest => ({ class: kind }))
  return [...many('oil', 2), ...many('scratch', 4), ...many('stain', 4), ...many('dust', 4)]
}
