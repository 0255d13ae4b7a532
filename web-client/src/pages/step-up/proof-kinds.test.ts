import { expect, it } from 'vitest'
import { passwordKindOf } from './proof-kinds.ts'

it.each([
  [['PASSKEY'], null],
  [[], null],
  [['PASSKEY', 'PASSWORD'], 'PASSWORD'],
  [['PASSWORD', 'PASSWORD_TOTP'], 'PASSWORD_TOTP'],
] as const)('%j: by %s', (kinds, kind) => {
  expect(passwordKindOf(kinds)).toBe(kind)
})
