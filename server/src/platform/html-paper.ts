/** A part of a page: what it is about, facts, a table or a list; text only, as people typed it. */
export type HtmlPart = {
  readonly heading: string
  readonly intro?: string
  readonly facts?: readonly (readonly [string, string])[]
  readonly table?: {
    readonly columns: readonly string[]
    readonly rows: readonly (readonly string[])[]
  }
  readonly bullets?: readonly string[]
}

/** A page that stands alone, without scripts or anything from elsewhere. */
export type HtmlPaper = {
  readonly title: string
  readonly language: string
  readonly intro: readonly string[]
  readonly parts: readonly HtmlPart[]
}

const STYLE = [
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a2124}',
  'table{border-collapse:collapse;width:100%;margin:.5rem 0}',
  'th,td{text-align:start;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #c9d1d3}',
  'dl{display:grid;grid-template-columns:minmax(8rem,16rem) 1fr;gap:.25rem 1rem}',
  'dt{color:#525c60}dd{margin:0;overflow-wrap:anywhere}',
  '@media(max-width:36rem){dl{display:block}dd{margin-block-end:.5rem}table{font-size:.85rem}}',
].join('')

/** The page as HTML, for every browser and for paper. */
export function htmlPaper({ title, language, intro, parts }: HtmlPaper): string {
  return [
    `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escaped(title)}</title><style>${STYLE}</style></head><body><main>`,
    `<h1>${escaped(title)}</h1>`,
    ...intro.map(paragraph),
    ...parts.map(partOf),
    '</main></body></html>\n',
  ].join('\n')
}

function partOf({ heading, intro, facts, table, bullets }: HtmlPart): string {
  return [
    `<section><h2>${escaped(heading)}</h2>`,
    ...(intro === undefined ? [] : [paragraph(intro)]),
    ...(facts === undefined ? [] : ['<dl>', ...facts.map(factOf), '</dl>']),
    ...(table === undefined ? [] : [tableOf(table)]),
    ...(bullets === undefined
      ? []
      : ['<ul>', ...bullets.map((text) => `<li>${escaped(text)}</li>`), '</ul>']),
    '</section>',
  ].join('\n')
}

function tableOf({ columns, rows }: NonNullable<HtmlPart['table']>): string {
  const head = columns.map((text) => `<th scope="col">${escaped(text)}</th>`).join('')
  const lines = rows.map((row) => `<tr>${row.map(cellOf).join('')}</tr>`)
  return `<table><thead><tr>${head}</tr></thead><tbody>${lines.join('\n')}</tbody></table>`
}

const cellOf = (text: string): string => `<td>${escaped(text)}</td>`
const factOf = ([term, value]: readonly [string, string]): string =>
  `<dt>${escaped(term)}</dt><dd>${escaped(value)}</dd>`
const paragraph = (text: string): string => `<p>${escaped(text)}</p>`

const MARKS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => MARKS[mark] ?? mark)
}
