import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Tells a person what happens, when, and how long it took. */
export type Narrator = {
  /** Does something and tells it in the words given. */
  readonly step: <Result>(words: string, work: () => Promise<Result>) => Promise<Result>
  /** Keeps what a page shows as `NN-name.png`. */
  readonly show: (page: Page, name: string) => Promise<void>
}

const SECOND_MS = 1_000
const TIME_COLUMN = 6

/** Begins to tell; pictures go into `folder`. */
export function createNarrator(folder: string, nowMs = () => performance.now()): Narrator {
  mkdirSync(folder, { recursive: true })
  const beganAtMs = nowMs()
  let shown = 0
  return {
    async step(words, work) {
      const startedAtMs = nowMs()
      const result = await work()
      const at = seconds(startedAtMs - beganAtMs).padStart(TIME_COLUMN)
      console.log(`${at} s  ${words} (${seconds(nowMs() - startedAtMs)} s)`)
      return result
    },
    async show(page, name) {
      shown += 1
      const file = `${String(shown).padStart(2, '0')}-${name}.png`
      await page.screenshot({ path: join(folder, file) })
    },
  }
}

function seconds(ms: number): string {
  return (ms / SECOND_MS).toFixed(1)
}
