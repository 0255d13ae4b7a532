import { expect, it } from 'vitest'
import type { Refusal } from '@visavis/contract/errors'
import { cursorOf, readCursor } from './cursor.ts'

it('gives back what it was made of', () => {
  expect(readCursor(cursorOf(['2026-11-22T10:00:00.000Z', 'a/б']), 2)).toEqual([
    '2026-11-22T10:00:00.000Z',
    'a/б',
  ])
})

it.each(['', 'nonsense', cursorOf(['one']), Buffer.from('[1,2]').toString('base64url')])(
  'refuses %j, naming the field',
  (cursor) => {
    expect(() => readCursor(cursor, 2)).toThrow(
      expect.objectContaining({
        code: 'BAD_REQUEST',
        context: { fields: [expect.objectContaining({ field: 'cursor' })] },
      }) as Refusal,
    )
  },
)
