import { afterAll, beforeAll, it } from 'vitest'
import { openBrowser, openPage } from '../support/browser.ts'
import { openDemo } from '../support/demo.ts'
import { startStack } from '../support/stack.ts'
import { signIn, chooseLanguage } from './pages/visitor-journey.ts'

let stack: any, demo: any, browser: any
beforeAll(async () => { stack = await startStack(); demo = await openDemo(stack); browser = await openBrowser(null) })
afterAll(async () => { await browser?.close(); await demo?.close(); await stack?.stop() })
const shot = async (page: any, path: string, name: string) => {
  await page.goto(`${stack.origin}/office/${path}`)
  await page.waitForTimeout(1500)
  await page.screenshot({ path: `/tmp/staff/${name}.png`, fullPage: true })
}
it('looks', async () => {
  const sched = demo.staff('scheduler')
  const { page } = await openPage(browser, { width: 1280, height: 900 })
  await signIn(page, { origin: stack.origin, ...sched })
  const task = await demo.db.task.findFirst({ where: { facilityId: demo.visit.facilityId } })
  const inmateId = demo.visit.inmateId
  await page.waitForTimeout(1500)
  const nina = await demo.db.task.findFirst({ where: { facilityId: demo.visit.facilityId, kind: 'VERIFY_VISITOR' } })
  await shot(page, `inbox?task=${nina?.taskId}`, 'verify')
  await shot(page, 'timetable?week=2026-11-23', 'timetable')
  await shot(page, 'movements', 'movements')
  await page.emulateMedia({ media: 'print' })
  await page.screenshot({ path: '/tmp/staff/print.png' })
  await page.emulateMedia({ media: 'screen' })
  await shot(page, `day/${demo.visit.visitId}`, 'visit')
  await page.getByRole('button', { name: 'Explain by the rules' }).click()
  await page.waitForTimeout(1500)
  await page.screenshot({ path: '/tmp/staff/visit.png', fullPage: true })
  const n = await openPage(browser, { width: 360, height: 740 })
  await signIn(n.page, { origin: stack.origin, ...demo.staff('facilityAdmin') })
  await chooseLanguage(n.page, 'Русский')
  await n.page.waitForTimeout(1000)
  await shot(n.page, 'timetable?week=2026-11-23', 'n-timetable')
  await shot(n.page, 'movements', 'n-movements')
  await shot(n.page, `inbox?task=${task?.taskId}`, 'n-task')
  void inmateId
}, 120000)
