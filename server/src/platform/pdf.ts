import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { TDocumentDefinitions, TFontDictionary } from 'pdfmake/interfaces.js'

const FONTS = 'pdfmake/fonts/Roboto.js'

type Printer = {
  readonly createPdf: (document: TDocumentDefinitions) => { getBuffer: () => unknown }
}

let printer: Promise<Printer> | null = null

/** Loaded when the first page is wanted: a server that comes back after a crash does not wait for it. */
async function loadPrinter(): Promise<Printer> {
  const { default: pdfmake } = await import('pdfmake')
  const require = createRequire(import.meta.url)
  const folder = dirname(require.resolve(FONTS))
  // Roboto has Cyrillic. Nothing else is ever read: no path or address in a document leads anywhere.
  pdfmake.setFonts(require(FONTS) as TFontDictionary)
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(folder))
  pdfmake.setUrlAccessPolicy(() => false)
  return pdfmake
}

/** A document on paper, as bytes. */
export async function renderPdf(document: TDocumentDefinitions): Promise<Buffer> {
  const loaded = await (printer ??= loadPrinter())
  return (await loaded.createPdf(document).getBuffer()) as Buffer
}
