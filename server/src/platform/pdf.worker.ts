import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { parentPort } from 'node:worker_threads'
import pdfmake from 'pdfmake'
import type { TFontDictionary } from 'pdfmake/interfaces.js'
import { TABLE_LAYOUTS, documentOf } from './pdf-document.ts'
import type { PdfPaper } from './pdf-document.ts'

// The thread that puts papers on pages: each message is a paper, its answer the file's bytes or, as text, where it failed.

const FONTS = 'pdfmake/fonts/Roboto.js'
const require = createRequire(import.meta.url)
const folder = dirname(require.resolve(FONTS))
// Roboto has Cyrillic. Nothing else is ever read: no path or address in a paper leads anywhere.
pdfmake.setFonts(require(FONTS) as TFontDictionary)
pdfmake.setLocalAccessPolicy((path) => path.startsWith(folder))
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setTableLayouts(TABLE_LAYOUTS)

async function answerTo(paper: PdfPaper): Promise<Uint8Array | string> {
  try {
    return await pdfmake.createPdf(documentOf(paper)).getBuffer()
  } catch (error) {
    // Not its message: the library quotes what it could not set, and that may be anybody's name.
    const stack = error instanceof Error ? (error.stack ?? '') : ''
    return /^ +at .*$/m.exec(stack)?.[0].trim() ?? 'somewhere'
  }
}

parentPort?.on('message', (paper: PdfPaper) => {
  void answerTo(paper).then((answer) => parentPort?.postMessage(answer))
})
