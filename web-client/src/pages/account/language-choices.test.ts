import { expect, it } from 'vitest'
import { spokenChoices, toggled } from './language-choices.ts'

it('[OV-4] offers what was kept before, by name and in the reader’s order', () => {
  expect(spokenChoices(['yi', 'rsl'], 'en')).toContain('yi')
  expect(spokenChoices(['yi', 'rsl'], 'en')).not.toContain('rsl')
  const russian = spokenChoices([], 'ru')
  expect(russian.indexOf('en')).toBeLessThan(russian.indexOf('ru'))
})

it('takes and gives back', () => {
  expect(toggled(toggled(['ru'], 'tt'), 'ru')).toEqual(['tt'])
})
