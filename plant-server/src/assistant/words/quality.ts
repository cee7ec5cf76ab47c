/** What the assistant says of quality. */
import type { LocalText } from '@millwright/contract'
import { text } from './say.ts'

export const qualityAnswers = {
  counts: text(
    '{scope}：检验 {captures} 张图像，合格 {pass}，不合格 {fail}，待复核 {review}。',
    '{scope}: {captures} captures inspected, {pass} passed, {fail} failed, {review} to be reviewed.',
  ),
  nothing: text('{scope}没有检验记录。', '{scope}: there are no inspections.'),
  escape: text(
    '漏检率 {rate} %（复核为不良的 {of} 张中漏检 {events} 张），单侧 {confidence} % 置信上限 {upper} %。',
    'Escape {rate} % ({events} of {of} captures reviewed as defective had been passed), one-sided {confidence} % upper bound {upper} %.',
  ),
  overkill: text(
    '过杀率 {rate} %（复核为良品的 {of} 张中过杀 {events} 张），单侧 {confidence} % 置信上限 {upper} %。',
    'Overkill {rate} % ({events} of {of} captures reviewed as good had been failed), one-sided {confidence} % upper bound {upper} %.',
  ),
  noEscape: text(
    '漏检率未知：{scope}没有复核为不良的图像。',
    'Escape is unknown: no capture was reviewed as defective ({scope}).',
  ),
  noOverkill: text(
    '过杀率未知：{scope}没有复核为良品的图像。',
    'Overkill is unknown: no capture was reviewed as good ({scope}).',
  ),
  failShare: text('不合格率 {rate} %。', '{rate} % of them failed.'),
  reviewed: text('其中 {reviewed} 张已复核。', '{reviewed} of them have been reviewed.'),
  classes: text('按缺陷类别（图像数）：{classes}。', 'Captures by class of defect: {classes}.'),
  noClasses: text('没有发现缺陷。', 'No defects were found.'),
  span: text('{from} 至 {to}', '{from} to {to}'),
  lot: text('批次 {lot}', 'Lot {lot}'),
  lotRow: text(
    '批次 {lot}（工位 {station}）：{captures} 张图像，合格 {pass}，不合格 {fail}，待复核 {review}，已复核 {reviewed}。',
    'Lot {lot} (station {station}): {captures} captures, {pass} passed, {fail} failed, {review} to be reviewed, {reviewed} reviewed.',
  ),
  report: text('检验报告：{link}', 'Inspection report: {link}'),
  noLots: text('还没有批次。', 'There are no lots yet.'),
  inspections: text('符合条件的检验共 {count} 条。', '{count} inspections fit.'),
  inspectionRow: text(
    '{image}：{verdict}，得分 {score}，{classes}（{t}）。',
    '{image}: {verdict}, score {score}, {classes} ({t}).',
  ),
  noDefect: text('无缺陷', 'no defect'),
  noScore: text('无', 'none'),
} as const satisfies Record<string, LocalText>
