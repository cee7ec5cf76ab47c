/**
 * Writes the segmenter's data sets: node models/synth/dataset/write.ts OUT [--frames N].
 * OUT/train holds crops; OUT/calibration and OUT/test hold full frames of other renderer parameters.
 * Each set: images.u8 (RGB), labels.u8 (class numbers at stride 4), manifest.json (sizes, settings, SHA-256).
 */
import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '../random.ts'
import { CALIBRATION_SETTINGS, type SurfaceSettings, TEST_SETTINGS, TRAINING_SETTINGS } from '../types.ts'
import { CROP, cutCrops, labelOf, SEGMENTED, STRIDE } from './crops.ts'
import { renderFrame } from './frame.ts'

const CROPS_A_FRAME = 7
const FULL_ROWS = 1088

const [out, , frames = '300'] = process.argv.slice(2)
if (out === undefined) throw new Error('usage: write.ts OUT [--frames N]')
writeSet('train', TRAINING_SETTINGS, Number(frames), CROP, CROP, (set, i) => {
  const frame = renderFrame(set, i, TRAINING_SETTINGS)
  return cutCrops(frame, createRandom(`${set}/${i}/crops`), CROPS_A_FRAME)
})
for (const [set, settings] of [
  ['calibration', CALIBRATION_SETTINGS],
  ['test', TEST_SETTINGS],
] as const) {
  writeSet(set, settings, Math.ceil(Number(frames) / 5), 1920, FULL_ROWS, (name, i) => {
    const frame = renderFrame(name, i, settings)
    const pixels = new Uint8Array(1920 * FULL_ROWS * 3)
    pixels.set(frame.pixels)
    const mask = new Uint8Array(1920 * FULL_ROWS)
    mask.set(frame.mask)
    return [{ pixels, label: labelOf(mask, 1920, 0, 0, 1920 / STRIDE, FULL_ROWS / STRIDE) }]
  })
}

function writeSet(
  set: string,
  settings: SurfaceSettings,
  count: number,
  width: number,
  height: number,
  make: (set: string, index: number) => { pixels: Uint8Array; label: Uint8Array }[],
): void {
  const folder = join(out!, set)
  mkdirSync(folder, { recursive: true })
  const images = openSync(join(folder, 'images.u8'), 'w')
  const labels = openSync(join(folder, 'labels.u8'), 'w')
  const [imageHash, labelHash] = [createHash('sha256'), createHash('sha256')]
  let items = 0
  for (let i = 0; i < count; i += 1) {
    for (const { pixels, label } of make(set, i)) {
      writeSync(images, pixels)
      writeSync(labels, label)
      imageHash.update(pixels)
      labelHash.update(label)
      items += 1
    }
    if (i % 50 === 49) process.stderr.write(`${set}: ${i + 1} of ${count} frames\n`)
  }
  closeSync(images)
  closeSync(labels)
  const sources = ['../types.ts', './frame.ts', './crops.ts'].map(name => readFileSync(new URL(name, import.meta.url)))
  const manifest = {
    set,
    items,
    frames: count,
    width,
    height,
    stride: STRIDE,
    classes: SEGMENTED,
    seed: `${set}/0..${count - 1}`,
    settings,
    synthetic: true,
    sha256: {
      images: imageHash.digest('hex'),
      labels: labelHash.digest('hex'),
      renderer: createHash('sha256').update(Buffer.concat(sources)).digest('hex'),
    },
  }
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}
