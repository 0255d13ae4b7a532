import type { Content, TableCell } from 'pdfmake/interfaces.js'

/** Parts that our papers have in common. */

export const INK = '#1a2124'
export const SOFT = '#525c60'
export const LINE = '#c9d1d3'

/** A heading of a part. */
export function heading(text: string): Content {
  return { text, bold: true, fontSize: 11.5, margin: [0, 8, 0, 3] }
}

/** A list of sentences. */
export function bullets(texts: readonly string[]): Content {
  return { ul: texts.map((text) => ({ text, margin: [0, 0, 0, 1.5] })) }
}

/** Terms and what they are, in two columns; the third, where there is one, is the size of the type. */
export function facts(
  rows: readonly (readonly [string, string, number?])[],
  termWidth = 150,
): Content {
  const cells = rows.map(([term, value, fontSize]) => [
    { text: term, color: SOFT },
    { text: value, ...(fontSize === undefined ? {} : { fontSize }) },
  ])
  return grid(cells, { widths: [termWidth, '*'] })
}

/** A table with a line under each row. */
export function grid(
  body: TableCell[][],
  { widths, headerRows = 0 }: { widths: (number | string)[]; headerRows?: number },
): Content {
  return {
    table: { widths, headerRows, body },
    fontSize: 8.8,
    layout: 'lined',
  }
}

/** Hex digits in groups of four, so that two people can compare them aloud. */
export function grouped(hex: string): string {
  return hex.match(/.{1,4}/g)?.join(' ') ?? hex
}

/** How instants are written in that language by that clock. */
export function times(language: string, timeZone: string): (instant: string) => string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone,
    ...{ day: '2-digit', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
  })
  return (instant) => format.format(new Date(instant))
}
