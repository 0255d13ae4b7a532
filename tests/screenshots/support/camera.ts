import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

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

type Subject = {
  readonly page: Page
  readonly name: string
  /** Whether the documents have this picture; they are in English. */
  readonly isForDocuments?: boolean
  /** For pages without a switch: the language that they are in. */
  readonly onlyIn?: 'en' | 'ru'
}

/** Takes pictures of pages for the documents and, into `reviewFolder`, in every size and language. */
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
    if (reviewFolder === undefined) return
    for (const language of LANGUAGES) {
      if (onlyIn !== undefined && onlyIn !== language.code) continue
      if (onlyIn === undefined) await turnTo(page, language)
      for (const size of SIZES) {
        await page.setViewportSize(size)
        await save(page, reviewFolder, `${name}-${language.code}-${size.width}`)
      }
    }
    if (onlyIn === undefined) await turnTo(page, LANGUAGES[0])
    await page.setViewportSize(DOCUMENT_SIZE)
  }
}

async function turnTo(page: Page, { code, name }: (typeof LANGUAGES)[number]): Promise<void> {
  await page.getByRole('button', { name }).click()
  // The words are fetched first.
  await page.locator(`html[lang="${code}"]`).waitFor()
}
