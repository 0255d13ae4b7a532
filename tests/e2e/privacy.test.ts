import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { createCleanUp } from '../support/clean-up.ts'
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './pages/page-object.ts'
import { NARROW, makeProofStale, openSecurityScene } from './pages/security-scene.ts'
import type { SecurityScene } from './pages/security-scene.ts'
import { signIn } from './pages/visitor-journey.ts'

const MARIA = 'maria.lebedeva@example.org'

const cleanUp = createCleanUp()
let scene: SecurityScene

beforeAll(async () => {
  scene = await openSecurityScene(cleanUp)
})
afterEach(async () => {
  expect(await scene.closePages()).toEqual([])
})
afterAll(cleanUp.run)

describe('[TR-6] a copy of own data', () => {
  it('is asked for with a fresh proof, fetched as an archive that can be read, and destroyed', async () => {
    const maria = scene.as(MARIA)
    const page = await scene.newPage(NARROW)
    await signIn(page, maria)
    await verifyOnPage(page, 'Your visits')
    await page.goto(`${scene.origin}/profile`)
    await verifyOnPage(page, 'Your details')
    await page.getByRole('link', { name: 'A copy of your data' }).click({ timeout: PATIENCE_MS })
    await verifyOnPage(page, 'A copy of your data')
    await makeProofStale(scene.demo, MARIA)
    await page.getByRole('button', { name: 'Make a copy' }).click({ timeout: PATIENCE_MS })
    const dialog = page.getByRole('dialog', { name: 'Is it really you?' })
    await dialog.getByLabel('Password', { exact: true }).fill(maria.password)
    await page.keyboard.press('Enter')
    const fetchIt = page.getByRole('button', { name: 'Download: My own data' })
    await fetchIt.waitFor({ timeout: PATIENCE_MS })
    await verifyAccessible(page)

    const coming = page.waitForEvent('download', { timeout: PATIENCE_MS })
    await fetchIt.click()
    const archive = await readFile(await (await coming).path())
    const zip = await fromBufferPromise(archive)
    const names: string[] = []
    let data = ''
    for await (const entry of zip.eachEntry()) {
      names.push(entry.fileName)
      if (entry.fileName !== 'my-data.json') continue
      data = String(Buffer.concat(await (await zip.openReadStreamPromise(entry)).toArray()))
    }
    expect(names).toEqual(expect.arrayContaining(['my-data.html', 'my-data.json', 'contents.json']))
    expect(JSON.parse(data)).toMatchObject({ person: { email: MARIA } })

    await page.getByRole('button', { name: 'Destroy: My own data' }).click()
    await page.getByText('Destroyed', { exact: true }).waitFor({ timeout: PATIENCE_MS })
    await verifyAccessible(page)
  })
})

describe('[TR-6] an incident', () => {
  it('is opened by the operator, whose page says who is affected and what is to be done', async () => {
    const operator = scene.as('operatoradmin@example.org')
    const page = await scene.newPage(NARROW)
    await signIn(page, operator)
    await verifyOnPage(page, 'The service')
    await page.getByRole('link', { name: 'Incidents' }).click({ timeout: PATIENCE_MS })
    await verifyOnPage(page, 'Incidents')
    await page.getByRole('link', { name: 'Open an incident' }).click({ timeout: PATIENCE_MS })
    await verifyOnPage(page, 'Open an incident')
    await page.getByRole('button', { name: 'Open it' }).click({ timeout: PATIENCE_MS })
    await page.getByRole('alert').getByText('Give it a title').waitFor()
    await verifyAccessible(page)
    await page.getByLabel('Title').fill('A lost laptop')
    await page.getByLabel('What is known').fill('It was signed in.')
    await page.getByLabel('Discovered', { exact: true }).fill('2026-01-03T10:00')
    await page.getByLabel('Data were open from').fill('2026-01-01T10:00')
    await page.getByLabel('until', { exact: true }).fill('2099-01-01T10:00')
    await page.getByLabel('The register of people').check()
    const facilities = page.getByRole('group', { name: 'Facilities' }).getByRole('checkbox')
    for (const box of await facilities.all()) await box.check()
    await page.getByRole('button', { name: 'Open it' }).click()
    await verifyOnPage(page, 'A lost laptop')
    await page.getByText('people may be affected.').waitFor({ timeout: PATIENCE_MS })
    await page.getByText('Late', { exact: true }).first().waitFor()
    await page.getByText('Send the letters.').waitFor()
    await verifyAccessible(page)
    await page.getByRole('link', { name: 'Personal data' }).click()
    await verifyOnPage(page, 'Personal data: what is kept how long')
    await page.getByRole('heading', { name: 'Pictures of identity documents' }).waitFor()
    await verifyAccessible(page)
  })
})
