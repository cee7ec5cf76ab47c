/** The report as one HTML file that needs nothing beside it. Each figure carries its key in `data-key`. */

import type { Drawing, Primitive } from './drawing.ts'
import type { Figure, ReportView, Table } from './inspection-view.ts'
import type { PictureMarks } from './picture-marks.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, sign => entities[sign]!)

const value = (figure: Figure) =>
  figure.key === ''
    ? escapeHtml(figure.text)
    : `<span data-key="${escapeHtml(figure.key)}">${escapeHtml(figure.text)}</span>`

function primitive(item: Primitive): string {
  switch (item.kind) {
    case 'rect':
      return `<rect x="${item.x}" y="${item.y}" width="${item.w}" height="${item.h}" fill="${item.fill}"/>`
    case 'dot':
      return `<circle cx="${item.x}" cy="${item.y}" r="${item.r}" fill="${item.fill}"/>`
    case 'line':
      return `<polyline points="${item.points.map(point => point.join(',')).join(' ')}" fill="none" stroke="${item.stroke}" stroke-width="${item.width}"/>`
    case 'text':
      return `<text x="${item.x}" y="${item.y}" font-size="${item.size}" text-anchor="${item.anchor}" fill="${item.fill}"${item.bold ? ' font-weight="700"' : ''}>${escapeHtml(item.text)}</text>`
  }
}

const svg = (drawing: Drawing) =>
  `<svg viewBox="0 0 ${drawing.width} ${drawing.height}" role="img" aria-label="${escapeHtml(drawing.label)}">${drawing.items.map(primitive).join('')}</svg>`

function table(data: Table): string {
  const heading = data.heading === '' ? '' : `<h2>${escapeHtml(data.heading)}</h2>`
  const note = data.note === '' ? '' : `<p class="note">${escapeHtml(data.note)}</p>`
  if (data.rows.length === 0) return `${heading}<p class="quiet">${escapeHtml(data.none)}</p>${note}`
  const side = (column: number) => (data.numeric.includes(column) ? ' class="number"' : '')
  const heads = data.heads.map((head, i) => `<th scope="col"${side(i)}>${escapeHtml(head)}</th>`).join('')
  const rows = data.rows.map(row => `<tr>${row.map((cell, i) => `<td${side(i)}>${value(cell)}</td>`).join('')}</tr>`)
  return `${heading}<div class="scroll"><table><thead><tr>${heads}</tr></thead><tbody>${rows.join('')}</tbody></table></div>${note}`
}

const STYLE = `
:root{color-scheme:light}
body{font:15px/1.55 "Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;color:#1d2733;background:#fff;max-width:920px;margin:32px auto;padding:0 24px}
header{border-bottom:3px solid #1d2733;display:flex;justify-content:space-between;align-items:baseline;gap:16px;flex-wrap:wrap}
h1{font-size:30px;margin:0 0 4px}h2{font-size:18px;margin:30px 0 10px}
.quiet,.note,dt,th,footer{color:#5c6b7a}.note,footer{font-size:13px}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(280px,1fr));gap:4px 24px;margin:14px 0}
dl div{display:flex;gap:10px}dt{min-width:6.5em}dd{margin:0;overflow-wrap:anywhere}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(112px,1fr));gap:8px;margin-bottom:14px}
.tile{border:1px solid #d5dce3;border-radius:4px;padding:8px 12px}.tile b{display:block;font-size:26px;line-height:1.25}
.tile.pass b{color:#3c7757}.tile.fail b{color:#b23b32}.tile.review b{color:#9a6d12}
svg{width:100%;height:auto;display:block;margin:6px 0 12px}svg text{font-family:inherit}
table{border-collapse:collapse;width:100%;font-size:14px}th{font-size:12px;text-align:left}
th,td{padding:5px 8px;border-bottom:1px solid #d5dce3;vertical-align:top;overflow-wrap:anywhere}thead th{border-bottom:2px solid #1d2733}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.scroll{overflow-x:auto}
.pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(230px,1fr));gap:14px}
figure{margin:0}figure div{position:relative}figure svg{position:absolute;inset:0;width:100%;height:100%;margin:0}figure img{display:block;box-sizing:border-box;width:100%;aspect-ratio:16/9;object-fit:contain;background:#eef1f4;border:1px solid #d5dce3}
figcaption{font-size:13px;overflow-wrap:anywhere}figcaption small{display:block;color:#5c6b7a}
.sign{display:grid;grid-template-columns:1fr .6fr;gap:40px;margin-top:64px}.sign div{border-top:1px solid #1d2733;font-size:13px;color:#5c6b7a}
footer{border-top:1px solid #d5dce3;margin-top:28px;padding-top:8px;overflow-wrap:anywhere}
@media print{body{margin:0;max-width:none}tr,figure,.sign{break-inside:avoid}h2{break-after:avoid}}
`

/** Lies over its picture, of the same shape and fitted the same way. */
function marks(of: PictureMarks | undefined): string {
  if (of === undefined) return ''
  const frames = of.frames.map(([x, y, w, h]) => `<rect x="${x}" y="${y}" width="${w}" height="${h}"/>`)
  return `<svg viewBox="0 0 ${of.width} ${of.height}" fill="none" stroke="#ffb01f" stroke-width="${of.line}" aria-hidden="true">${frames.join('')}</svg>`
}

/** @param pictures JPEG bytes by inspection id */
export function inspectionHtml(view: ReportView, pictures: ReadonlyMap<string, Uint8Array>): string {
  const picture = (entry: ReportView['pictures'][number]) => {
    const bytes = pictures.get(entry.inspection)
    const image =
      bytes === undefined
        ? ''
        : `<img alt="${escapeHtml(entry.caption)}" src="data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}">`
    return `<figure><div>${image}${image === '' ? '' : marks(entry.marks)}</div><figcaption>${escapeHtml(entry.caption)}<small>${escapeHtml(entry.detail)}</small></figcaption></figure>`
  }
  const facts = view.facts.map(fact => `<div><dt>${escapeHtml(fact.label)}</dt><dd>${value(fact.value)}</dd></div>`)
  const tiles = view.tiles.map(
    tile => `<div class="tile ${tile.tone}"><b>${value(tile.value)}</b>${escapeHtml(tile.label)}</div>`,
  )
  return `<!doctype html>
<html lang="${view.lang === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escapeHtml(`${view.title} ${view.lot}`)}</title><style>${STYLE}</style></head>
<body>
<header><h1>${escapeHtml(view.title)}</h1><span class="quiet">${escapeHtml(view.suite)}</span></header>
<main>
<dl>${facts.join('')}</dl>
<h2>${escapeHtml(view.resultHeading)}</h2><div class="tiles">${tiles.join('')}</div>${svg(view.verdicts)}
<h2>${escapeHtml(view.conclusionHeading)}</h2><ul>${view.conclusion.map(line => `<li>${escapeHtml(line)}</li>`).join('')}</ul>
${table(view.rates)}
<h2>${escapeHtml(view.paretoHeading)}</h2>${view.pareto === null ? '' : svg(view.pareto)}${table(view.classes)}
${view.pictures.length === 0 ? '' : `<h2>${escapeHtml(view.picturesHeading)}</h2><div class="pictures">${view.pictures.map(picture).join('')}</div>`}
${table(view.defects)}
${table(view.reviews)}
${table(view.models)}
<div class="sign"><div>${escapeHtml(view.signature)}</div><div>${escapeHtml(view.date)}</div></div>
</main>
<footer>${escapeHtml(view.dataNote)}<br>SHA-256 <span data-key="dataHash">${escapeHtml(view.dataHash)}</span></footer>
</body></html>
`
}
