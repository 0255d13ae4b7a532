import { describe, expect, it } from 'vitest'
import { isNameLike } from './form-text.ts'

describe('a typed name', () => {
  it.each(['Вера', 'Anna-Maria', 'O’Brien', "d'Arc", 'de la Cruz', 'José', '李', 'Jr.', ''])(
    'may be %s',
    (name) => expect(isNameLike(name)).toBe(true),
  )

  it.each(['Timur5', '<b>', 'vera@example.org', 'a_b', 'a/b', '☺', '+7'])(
    'is not %s: a slip is told at once, not by a rejection weeks later',
    (name) => expect(isNameLike(name)).toBe(false),
  )
})
