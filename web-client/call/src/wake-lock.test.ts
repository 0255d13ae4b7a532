import { expect, test, vi } from 'vitest'
import { keepAwake } from './wake-lock.ts'

function createPage() {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  return page as EventTarget & { visibilityState: DocumentVisibilityState }
}

test('[LV-10] the screen stays on while the page is seen, asked for anew each time, and is let go', async () => {
  const release = vi.fn(() => Promise.resolve())
  const request = vi.fn(() => Promise.resolve({ release }))
  const page = createPage()
  const stop = keepAwake({ request }, page)
  expect(request).toHaveBeenCalledTimes(1)
  page.visibilityState = 'hidden'
  page.dispatchEvent(new Event('visibilitychange'))
  expect(request).toHaveBeenCalledTimes(1)
  page.visibilityState = 'visible'
  page.dispatchEvent(new Event('visibilitychange'))
  expect(request).toHaveBeenCalledTimes(2)
  // Left while the browser is still asked: the lock must not outlive the visit.
  stop()
  await vi.waitFor(() => expect(release).toHaveBeenCalledTimes(1))
  page.dispatchEvent(new Event('visibilitychange'))
  expect(request).toHaveBeenCalledTimes(2)
})

test('a browser that has no such lock or refuses it is none the worse', async () => {
  const stop = keepAwake({ request: () => Promise.reject(new Error('no')) }, createPage())
  await Promise.resolve()
  stop()
  keepAwake(undefined, createPage())()
})
