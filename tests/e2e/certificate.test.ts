import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { someFile, someKey } from '../../server/src/modules/certificates/certificate-fixture.ts'

const PAGE = fileURLToPath(new URL('../../docs/verify/verify-certificate.html', import.meta.url))

let browser: Browser
let folder: string
beforeAll(async () => {
  browser = await openBrowser(null)
  folder = mkdtempSync(join(tmpdir(), 'visavis-verifier-'))
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true })
})

/** The page as somebody opens it from disk, on a computer without a network. */
async function openOffline(locale: string): Promise<{ page: Page; loaded: string[] }> {
  const context = await browser.newContext({ locale, offline: true })
  const page = await context.newPage()
  const loaded: string[] = []
  page.on('request', (request) => loaded.push(request.url()))
  page.on('pageerror', (error) => loaded.push(String(error)))
  page.on('console', (message) => loaded.push(message.text()))
  await page.goto(pathToFileURL(PAGE).href)
  return { page, loaded }
}

const key = someKey()
const file = someFile(key).toString()

async function check(page: Page, text: string, given: string): Promise<void> {
  const path = join(folder, 'certificate.json')
  writeFileSync(path, text)
  await page.locator('#given').fill(given)
  await page.locator('#file').setInputFiles(path)
}

describe('[OV-8] the verifier as a page, opened from disk without a network', () => {
  it('says in both languages what it finds, and loads nothing', async () => {
    const { page, loaded } = await openOffline('en-GB')
    await check(page, file, key.fingerprint)
    await page.getByRole('heading', { name: 'Genuine and unchanged' }).waitFor()
    await page.getByRole('heading', { name: 'Nobody else was connected' }).waitFor()
    await page.getByText('No recorder was ever connected').waitFor()
    await page.locator('#language').click()
    await page.getByRole('heading', { name: 'Подлинное, не изменено' }).waitFor()
    expect(loaded).toEqual([pathToFileURL(PAGE).href])
    await page.context().close()
  })

  it('names the line that was changed, shows nothing of it as true, and warns where no key was compared', async () => {
    const { page } = await openOffline('ru-RU')
    const changed = file.replace('\\"seats\\":2', '\\"seats\\":3')
    expect(changed).not.toBe(file)
    await check(page, changed, key.fingerprint)
    await page.getByRole('heading', { name: 'Не подлинное или изменено' }).waitFor()
    await page.getByText('Строка 2 учёта изменена.').waitFor()
    expect(await page.getByText('Никто посторонний не был подключён').count()).toBe(0)
    await check(page, file, '')
    await page.getByRole('heading', { name: 'Не изменено, но сравните ключ' }).waitFor()
    await check(page, file, someKey().fingerprint)
    await page.getByText('Подписано другим ключом').waitFor()
    await page.context().close()
  })
})
