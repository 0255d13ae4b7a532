import { afterEach, expect, it, vi } from 'vitest'
import { Fault } from '@visavis/contract/errors'
import { createPdfPrinter } from './pdf.ts'
import type { PdfPrinter } from './pdf.ts'
import type { PdfPaper } from './pdf-document.ts'
import { facts, grid, heading } from './pdf-parts.ts'

// The thread loads its library anew for each printer: seconds, where others want the processor too.
vi.setConfig({ testTimeout: 120_000 })

const SECRET = 'Anna Sokolova'
const LIMITS = { memoryMb: 512, patienceMs: 600_000 }

const paperOf = (rows: number): PdfPaper => ({
  title: 'A paper',
  language: 'ru',
  imprint: 'Vis-à-vis',
  pageWords: 'Страница {n} из {all}',
  content: [
    heading('Свидание'),
    facts([['Кто', SECRET]]),
    ...(rows === 0
      ? []
      : [
          grid(
            Array.from({ length: rows }, (_, row) => [String(row), 'row']),
            { widths: [50, '*'] },
          ),
        ]),
  ],
})

const printers: PdfPrinter[] = []
const aPrinter = (limits: Partial<typeof LIMITS> = {}): PdfPrinter => {
  const printer = createPdfPrinter({ ...LIMITS, ...limits })
  printers.push(printer)
  return printer
}
afterEach(() => Promise.all(printers.splice(0).map((printer) => printer.close())))

const isPdf = (bytes: Buffer): boolean =>
  bytes.subarray(0, 5).toString() === '%PDF-' && bytes.subarray(-6).toString().trim() === '%%EOF'
const causeOf = async (work: Promise<unknown>): Promise<unknown> => {
  const failure: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(Fault)
  return failure instanceof Fault ? failure.cause : null
}

it('leaves the processor to others: a long paper costs our own thread next to nothing', async () => {
  const printer = aPrinter()
  const own = process.threadCpuUsage()
  const all = process.cpuUsage()
  expect(isPdf(await printer.print(paperOf(1_000)))).toBe(true)
  const ofAll = process.cpuUsage(all)
  const ofOwn = process.threadCpuUsage(own)
  expect(ofOwn.user + ofOwn.system).toBeLessThan((ofAll.user + ofAll.system) / 4)
})

it('makes papers that are asked for at once, each its own', async () => {
  const printer = aPrinter()
  const papers = await Promise.all([0, 200, 1].map((rows) => printer.print(paperOf(rows))))
  expect(papers.every(isPdf)).toBe(true)
  expect(papers[1]?.length).toBeGreaterThan(papers[0]?.length ?? 0)
})

it('is a Fault that quotes nothing of a paper that cannot be set, and the next is made', async () => {
  const printer = aPrinter()
  const unknown = { nonsense: SECRET } as never
  const cause = await causeOf(printer.print({ ...paperOf(0), content: [unknown] }))
  expect(cause).toBeInstanceOf(Fault)
  expect(cause).toMatchObject({
    message: expect.stringMatching(/^the library failed at /) as unknown,
  })
  expect(String(cause)).not.toContain(SECRET)
  expect(isPdf(await printer.print(paperOf(0)))).toBe(true)
})

it('is a Fault when a paper holds what is no data', async () => {
  const printer = aPrinter()
  const living = { text: 'x', layout: () => 1 } as never
  await causeOf(printer.print({ ...paperOf(0), content: [living] }))
  expect(isPdf(await printer.print(paperOf(0)))).toBe(true)
})

it('reads no file that a paper names', async () => {
  const image = { image: '/etc/passwd' }
  await causeOf(aPrinter().print({ ...paperOf(0), content: [image] }))
})

it('is a Fault, and no dead server, when the thread runs out of memory', async () => {
  const cause = await causeOf(aPrinter({ memoryMb: 12 }).print(paperOf(20_000)))
  expect(cause).toMatchObject({ code: 'ERR_WORKER_OUT_OF_MEMORY' })
})

it('gives up a paper that takes too long', async () => {
  expect(await causeOf(aPrinter({ patienceMs: 1 }).print(paperOf(2_000)))).toMatchObject({
    name: 'AbortError',
  })
})
