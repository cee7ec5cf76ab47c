import type { ClassRule, DefectClass, Recipe } from '@millwright/contract'

const rule = (name: DefectClass, minScore: number, failScore: number, minAreaPx: number): ClassRule => ({
  class: name,
  minScore,
  failScore,
  minAreaPx,
})

/**
 * The recipe where none is named: front glass of handsets and lit panels at full HD. Scores of surface classes are
 * cut where the rendered calibration set (models/screen-surface/card.json) had no false object; analytic limits are those
 * of the product specification in use: 1.5 SEMU, dE00 3, half a pixel dark or lit. Mura, leaks and tints go to review from 0.36: good panels
 * of the development renders (all below half of the limits) stay under 0.3, those at a limit lie above 0.39.
 */
export const defaultRecipe: Recipe = {
  id: 'default',
  version: 1,
  product: 'front glass and lit panel, full HD',
  model: 'screen-surface',
  rules: [
    rule('scratch', 0.6, 0.75, 60),
    rule('stain', 0.6, 0.75, 40),
    rule('oil', 0.6, 0.75, 150),
    rule('dust', 0.6, 0.9, 60),
    rule('dead_pixel', 0.4, 0.5, 1),
    rule('line', 0.4, 0.5, 1),
    rule('mura', 0.36, 0.5, 1),
    rule('light_leak', 0.36, 0.5, 1),
    rule('colour', 0.36, 0.5, 1),
    rule('unknown', 0.4, 0.6, 25),
  ],
  analytic: { deadPixelContrast: 0.4, muraSemu: 1.5, colourDe00: 3 },
}
