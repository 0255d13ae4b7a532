import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mimeTypeOf, partsOf } from './message.ts'

it('makes addresses links, without what closes the sentence', () => {
  expect(partsOf('Open https://visits.example.org/register/confirm#abc. Thank you')).toEqual([
    { text: 'Open ', isLink: false },
    { text: 'https://visits.example.org/register/confirm#abc', isLink: true },
    { text: '. Thank you', isLink: false },
  ])
})

it('loses nothing of a text', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('http://a.example/x', ' ', '.', 'word', '\n')),
      (words) => {
        const text = words.join('')
        expect(
          partsOf(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text)
      },
    ),
  )
})

it('knows a calendar', () => {
  expect(mimeTypeOf({ name: 'visit.ics' })).toBe('text/calendar')
  expect(mimeTypeOf({ name: 'note.txt' })).toBe('text/plain')
})
