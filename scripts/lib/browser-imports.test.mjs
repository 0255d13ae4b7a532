import { describe, expect, it } from 'vitest'
import { clientSources, wayToZod } from './browser-imports.mjs'

describe('what the browsers load', () => {
  it('[TR-3] has no zod in it: zod tries to make code of text, which the pages’ policy reports', () => {
    const sources = clientSources()
    expect(sources).toContain('web-client/src/main.tsx')
    expect(sources).toContain('kiosk-client/src/main.tsx')
    expect(sources.map((file) => wayToZod(file)).filter((way) => way !== null)).toEqual([])
  })

  it('is told from imports of values, however many files lie between, and not from types', () => {
    const socket = 'server/contract/src/visit-socket.ts'
    expect(wayToZod(socket)).toEqual([socket, 'zod'])
    const index = 'server/contract/src/index.ts'
    expect(wayToZod(index)?.[0]).toBe(index)
    expect(wayToZod(index)?.at(-1)).toBe('zod')
    expect(wayToZod('server/contract/src/help-kinds.ts')).toBeNull()
    expect(wayToZod('web-client/src/pages/help/HelpCall.tsx')).toBeNull()
  })
})
