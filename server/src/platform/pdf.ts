import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Fault } from '@visavis/contract/errors'
import { PDF_WORKER_FILE } from '../pdf-worker-file.ts'
import type { PdfPaper } from './pdf-document.ts'

/** Puts papers on pages in a thread of its own, one after another: a long one keeps nobody's request waiting. */
export type PdfPrinter = {
  /** The file's bytes; a Fault when it cannot be made. Whatever the paper does to the thread, the next has a new one. */
  readonly print: (paper: PdfPaper) => Promise<Buffer>
  /** Ends the thread; what is being printed is a Fault. Idempotent. */
  readonly close: () => Promise<void>
}

/** What a paper may take; the largest of ours are a hundredth of it. */
const LIMITS = { memoryMb: 512, patienceMs: 60_000 }

/** A printer whose thread begins with the first paper: a server that comes back after a crash does not wait for it. */
export function createPdfPrinter({ memoryMb, patienceMs } = LIMITS): PdfPrinter {
  let thread: Thread | null = null
  let queue: Promise<unknown> = Promise.resolve()
  const close = async (): Promise<void> => {
    const ended = thread
    thread = null
    await ended?.worker.terminate()
  }
  const print = async (paper: PdfPaper): Promise<Buffer> => {
    try {
      thread ??= beginThread(memoryMb)
      return await answerOf(thread, paper, patienceMs)
    } catch (cause) {
      await close()
      throw new Fault('a paper could not be made', { cause })
    }
  }
  return {
    print(paper) {
      const printed = queue.then(() => print(paper))
      queue = printed.catch(() => undefined)
      return printed
    },
    close,
  }
}

type Thread = { readonly worker: Worker; readonly ended: AbortSignal }

function beginThread(memoryMb: number): Thread {
  const resourceLimits = { maxOldGenerationSizeMb: memoryMb }
  const worker = new Worker(PDF_WORKER_FILE, { resourceLimits })
  const end = new AbortController()
  worker.once('exit', () => end.abort(new Fault('the thread of papers ended')))
  // Whoever waits hears of it; unheard, it would end the server.
  worker.on('error', () => undefined)
  worker.unref()
  return { worker, ended: end.signal }
}

async function answerOf(
  { worker, ended }: Thread,
  paper: PdfPaper,
  patienceMs: number,
): Promise<Buffer> {
  worker.postMessage(paper)
  const signal = AbortSignal.any([AbortSignal.timeout(patienceMs), ended])
  const [answer] = (await once(worker, 'message', { signal })) as [unknown]
  if (!(answer instanceof Uint8Array)) throw new Fault(`the library failed ${String(answer)}`)
  return Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength)
}

const printer = createPdfPrinter()

/** A paper on pages, as the bytes of a PDF; a Fault when it cannot be made. */
export const renderPdf = (paper: PdfPaper): Promise<Buffer> => printer.print(paper)
