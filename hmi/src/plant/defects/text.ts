/** What people call the defect classes of AOI. */
import type { DefectClass } from '@millwright/contract'
import { useText } from '../../i18n/lang.tsx'
import { catalogue } from '../../i18n/text.ts'

const names = catalogue<DefectClass>(
  {
    scratch: '划痕',
    stain: '污渍',
    oil: '油污',
    dust: '灰尘',
    chip: '崩边',
    dead_pixel: '坏点',
    line: '线缺陷',
    mura: '云斑',
    light_leak: '漏光',
    colour: '色差',
    unknown: '未知异常',
  },
  {
    scratch: 'scratch',
    stain: 'stain',
    oil: 'oil',
    dust: 'dust',
    chip: 'chip',
    dead_pixel: 'dead pixel',
    line: 'line defect',
    mura: 'mura',
    light_leak: 'light leak',
    colour: 'colour deviation',
    unknown: 'unknown',
  },
)

export const useDefectName = (): ((name: DefectClass) => string) => useText(names)
