import AxeBuilder from '@axe-core/playwright'
import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { faultsInPage } from './in-page.ts'

/** A phone, a laptop and a large screen. */
const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const
/** The size of the pictures in the documents. */
const DOCUMENT_SIZE = SIZES[1]
const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'ru', name: 'Русский' },
] as const
/** A finger's width on a phone, and what WCAG 2.2 asks for where there is a mouse. */
const TARGET = { finger: 44, mouse: 24 } as const
const NOTES_FILE = 'faults.txt'
/** To look again at what was mended: the pictures whose names match, in these widths. */
const { PICTURES = '', WIDTHS = '' } = process.env
const WANTED = new RegExp(PICTURES)
const WANTED_SIZES = SIZES.filter(({ width }) => WIDTHS === '' || WIDTHS.includes(String(width)))

type Language = (typeof LANGUAGES)[number]
type Subject = {
  readonly page: Page
  readonly name: string
  /** Whether the documents have this picture; they are in English. */
  readonly isForDocuments?: boolean
  /** For pages without a switch: the language that they are in. */
  readonly onlyIn?: 'en' | 'ru'
}

/**
 * Takes pictures of pages for the documents and, into `reviewFolder`, in every size and language; there it also
 * writes down what a ruler finds wrong.
 */
export function createCamera(documentsFolder: string, reviewFolder: string | undefined) {
  // To be looked at, a page is shown to its end; in a document its first screen is enough.
  const save = async (page: Page, folder: string, name: string): Promise<void> => {
    const fullPage = folder === reviewFolder
    await mkdir(folder, { recursive: true })
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', fullPage })
  }
  return async function take(subject: Subject): Promise<void> {
    const { page, name, isForDocuments = false, onlyIn } = subject
    await page.setViewportSize(DOCUMENT_SIZE)
    if (isForDocuments) await save(page, documentsFolder, name)
    if (reviewFolder === undefined || !WANTED.test(name)) return
    const languages = LANGUAGES.filter(({ code }) => onlyIn === undefined || onlyIn === code)
    for (const language of languages) {
      if (onlyIn === undefined) await turnTo(page, language)
      for (const size of WANTED_SIZES) {
        await page.setViewportSize(size)
        const shot = `${name}-${language.code}-${size.width}`
        await save(page, reviewFolder, shot)
        const faults = await faultsOf(page, language.code, size.width)
        const lines = faults.map((fault) => `${shot}: ${fault}\n`).join('')
        await appendFile(join(reviewFolder, NOTES_FILE), lines)
      }
    }
    if (onlyIn === undefined) await turnTo(page, LANGUAGES[0])
    await page.setViewportSize(DOCUMENT_SIZE)
  }
}

async function faultsOf(page: Page, language: 'en' | 'ru', width: number): Promise<string[]> {
  const isPhone = width === SIZES[0].width
  const leastTarget = isPhone ? TARGET.finger : TARGET.mouse
  const measured = await page.evaluate(faultsInPage, { leastTarget, language })
  // Colours and names are the same on every screen and in every language.
  if (!isPhone || language === 'ru') return measured
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return [
    ...measured,
    ...violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ html }) => `axe ${id}: ${html.slice(0, 140)}`),
    ),
  ]
}

async function turnTo(page: Page, { code, name }: Language): Promise<void> {
  await page.getByRole('button', { name }).click()
  // The words are fetched first.
  await page.locator(`html[lang="${code}"]`).waitFor()
}
