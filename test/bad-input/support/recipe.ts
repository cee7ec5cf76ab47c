/** A recipe with all its parts, as the recipes page saves it. */
export const recipeText = JSON.stringify(
  {
    id: 'glass-14',
    version: 3,
    product: 'front glass, 14 inch',
    model: 'screen-surface',
    rules: [
      { class: 'scratch', minScore: 0.6, failScore: 0.75, minAreaPx: 60 },
      { class: 'dust', minScore: 0.6, failScore: 0.9, minAreaPx: 60 },
      { class: 'dead_pixel', minScore: 0.4, failScore: 0.5, minAreaPx: 1 },
    ],
    analytic: { deadPixelContrast: 0.4, muraSemu: 1.5, colourDe00: 3 },
    naming: { pattern: '^(?<panel>.+)_(?<pattern>[^_]+)$' },
  },
  null,
  2,
)
