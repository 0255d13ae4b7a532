import { describe, expect, it } from 'vitest'
import { NewPassword } from './passkey-shapes.ts'

const taken = (password: string) => NewPassword.safeParse(password).success

describe('[TR-3] a new password', () => {
  it('has fifteen characters or more, and may have a hundred', () => {
    expect(taken('x'.repeat(14))).toBe(false)
    expect(taken('x'.repeat(15))).toBe(true)
    expect(taken('x'.repeat(100))).toBe(true)
  })

  it('may be of any characters, and needs none of a kind', () => {
    for (const password of [
      'only small letters',
      '000000000000000',
      'пароль из русских букв',
      '🙂'.repeat(15),
    ]) {
      expect(taken(password)).toBe(true)
    }
  })

  it('is taken as it was typed, blanks and all', () => {
    const typed = '  Blanks Around And CAPITALS  '
    expect(NewPassword.parse(typed)).toBe(typed)
  })
})
