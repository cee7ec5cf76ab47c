/** CIE L*a*b* (D65). */
export type Lab = readonly [number, number, number]

/** sRGB transfer: encoded share 0..1 to linear (IEC 61966-2-1). */
export function linearOf(encoded: number): number {
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4
}

/** Linear share 0..1 to encoded sRGB. */
export function encodedOf(linear: number): number {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055
}

/** L*a*b* of linear RGB (0..1, sRGB primaries), relative to a linear RGB white. */
export function labOf(
  rgb: readonly [number, number, number],
  white: readonly [number, number, number] = [1, 1, 1],
): Lab {
  const r = rgb[0] / white[0]
  const g = rgb[1] / white[1]
  const b = rgb[2] / white[2]
  const fx = cubeRoot((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const fy = cubeRoot(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const fz = cubeRoot((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)]
}

const cubeRoot = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116)
const DEGREE = Math.PI / 180

/** Colour difference CIEDE2000 (CIE 142-2001; formulas as in Sharma, Wu, Dalal 2005), kL = kC = kH = 1. */
export function ciede2000(first: Lab, second: Lab): number {
  const [L1, a1, b1] = first
  const [L2, a2, b2] = second
  const meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2
  const G = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)))
  const [A1, A2] = [(1 + G) * a1, (1 + G) * a2]
  const [C1, C2] = [Math.hypot(A1, b1), Math.hypot(A2, b2)]
  const [h1, h2] = [hueOf(A1, b1), hueOf(A2, b2)]
  const dL = L2 - L1
  const dC = C2 - C1
  const turn = C1 * C2 === 0 ? 0 : wrap(h2 - h1)
  const dH = 2 * Math.sqrt(C1 * C2) * Math.sin((turn / 2) * DEGREE)
  const L = (L1 + L2) / 2
  const C = (C1 + C2) / 2
  const h = meanHue(h1, h2, C1 * C2)
  const T =
    1 -
    0.17 * Math.cos((h - 30) * DEGREE) +
    0.24 * Math.cos(2 * h * DEGREE) +
    0.32 * Math.cos((3 * h + 6) * DEGREE) -
    0.2 * Math.cos((4 * h - 63) * DEGREE)
  const RT = -2 * Math.sqrt(C ** 7 / (C ** 7 + 25 ** 7)) * Math.sin(60 * Math.exp(-(((h - 275) / 25) ** 2)) * DEGREE)
  const SL = 1 + (0.015 * (L - 50) ** 2) / Math.sqrt(20 + (L - 50) ** 2)
  const SC = 1 + 0.045 * C
  const SH = 1 + 0.015 * C * T
  return Math.sqrt((dL / SL) ** 2 + (dC / SC) ** 2 + (dH / SH) ** 2 + RT * (dC / SC) * (dH / SH))
}

function hueOf(a: number, b: number): number {
  if (a === 0 && b === 0) return 0
  const hue = Math.atan2(b, a) / DEGREE
  return hue < 0 ? hue + 360 : hue
}

const wrap = (degrees: number) => (degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees)

function meanHue(h1: number, h2: number, chroma: number): number {
  if (chroma === 0) return h1 + h2
  if (Math.abs(h1 - h2) <= 180) return (h1 + h2) / 2
  return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2
}
