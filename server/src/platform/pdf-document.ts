import type { Content, CustomTableLayout, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { INK, LINE, SOFT } from './pdf-parts.ts'

/** A paper as modules write it: nothing but data, so that another thread can put it on pages. */
export type PdfPaper = {
  readonly title: string
  readonly language: string
  /** Stands at the foot of every page. */
  readonly imprint: string
  /** `{n}` and `{all}` become the number of the page and how many there are. */
  readonly pageWords: string
  readonly content: Content[]
}

/** In points: as a letter has them. */
const MARGINS: [number, number, number, number] = [48, 40, 48, 44]

/** The looks of tables, by the names that a paper calls them by. */
export const TABLE_LAYOUTS: Readonly<Record<'lined' | 'boxed', CustomTableLayout>> = {
  /** A line under each row. */
  lined: {
    hLineWidth: () => 0.5,
    vLineWidth: () => 0,
    hLineColor: () => LINE,
    paddingTop: () => 1.5,
    paddingBottom: () => 1.5,
    paddingLeft: (index) => (index === 0 ? 0 : 6),
  },
  /** A frame that is heavy on the left; its cells say its colour. */
  boxed: {
    hLineWidth: () => 0.8,
    vLineWidth: (index) => (index === 0 ? 4 : 0.8),
  },
}

/** A paper on pages of A4, as the library takes it. */
export function documentOf(paper: PdfPaper): TDocumentDefinitions {
  const { title, language, imprint, pageWords, content } = paper
  return {
    pageSize: 'A4',
    pageMargins: MARGINS,
    info: { title, creator: 'Vis-à-vis' },
    language,
    defaultStyle: { font: 'Roboto', fontSize: 9.2, lineHeight: 1.15, color: INK },
    content,
    footer: (page, pages) => ({
      margin: [MARGINS[0], 14, MARGINS[2], 0],
      fontSize: 8,
      color: SOFT,
      columns: [
        { text: imprint },
        {
          text: pageWords.replace('{n}', String(page)).replace('{all}', String(pages)),
          alignment: 'right',
          width: 100,
        },
      ],
    }),
  }
}
