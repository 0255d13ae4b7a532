import { globSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const CLIENTS = join(import.meta.dirname, '../../..')
const GOVUK = join(
  dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')),
  'dist/govuk/components',
)

/** Files of both clients and what they share, by their place. */
function filesOf(pattern: string): { readonly file: string; readonly text: string }[] {
  return ['web-client/src', 'web-client/ui/src', 'kiosk-client/src']
    .flatMap((folder) => globSync(join(CLIENTS, folder, pattern)))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
}

it('gives a class its look in one file of each client, so that no page takes another’s', () => {
  const homes = new Map<string, Set<string>>()
  for (const { file, text } of filesOf('**/*.scss')) {
    for (const [, name = ''] of text.matchAll(/^\.(vv-[\w-]+) \{$/gm)) {
      homes.set(name, (homes.get(name) ?? new Set()).add(file))
    }
  }
  expect(homes.size).toBeGreaterThan(100)
  const shared = [...homes].filter(([, files]) => files.size > 1).map(([name]) => name)
  expect(shared).toEqual([])
})

it('has the styles of every GOV.UK part that a page uses', () => {
  const styles = filesOf('**/*.scss').map(({ text }) => text)
  const pages = filesOf('**/*.tsx').map(({ text }) => text)
  const used = readdirSync(GOVUK).filter((part) =>
    pages.some((text) => new RegExp(`govuk-${part}(?![\\w-]*[a-z]-)`).test(text)),
  )
  expect(used).toContain('input')
  const missing = used.filter(
    (part) => !styles.some((text) => text.includes(`govuk/components/${part}'`)),
  )
  expect(missing).toEqual([])
})
