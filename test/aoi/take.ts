import { photograph } from './camera/render.ts'
import {
  CAMERA_FOR_DEVELOPMENT,
  CAMERA_FOR_TEST,
  CAMERA_HEAVY_MOIRE,
  CAMERA_OTHER_LIGHT,
  CAMERA_UNSEEN,
} from './camera/settings.ts'
import { renderFirst } from './first.ts'
import type { Shot, Taken } from './panel.ts'

const CAMERA = {
  development: CAMERA_FOR_DEVELOPMENT,
  test: CAMERA_FOR_TEST,
  unseen: CAMERA_UNSEEN,
  other_light: CAMERA_OTHER_LIGHT,
  heavy_moire: CAMERA_HEAVY_MOIRE,
}

/** Renders one capture by the renderer it asks for. */
export function take(shot: Shot): Taken {
  return shot.renderer === 'first' ? renderFirst(shot) : photograph(shot, CAMERA[shot.settings])
}
