/** The thread that makes papers; the same place from source and from the built server. */
export const PDF_WORKER_FILE = new URL('../src/platform/pdf.worker.ts', import.meta.url)
