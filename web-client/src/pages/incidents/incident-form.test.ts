import { describe, expect, it } from 'vitest'
import { openingOf } from './incident-form.ts'
import type { IncidentDraft } from './incident-form.ts'

const DRAFT: IncidentDraft = {
  ...{ title: ' A lost laptop ', description: 'It was signed in.', logins: 'a@example.org, b c' },
  ...{ fromAt: '2026-11-20T10:00', toAt: '2026-11-21T10:00', discoveredAt: '2026-11-22T10:00' },
  ...{ systems: ['PEOPLE'], facilityIds: ['one'] },
}

describe('the form of a new incident', () => {
  it('becomes what the server takes', () => {
    const opening = openingOf(DRAFT)
    expect(opening).toMatchObject({
      body: {
        ...{ title: 'A lost laptop', logins: ['a@example.org', 'b', 'c'], systems: ['PEOPLE'] },
        ...{ fromAt: new Date('2026-11-20T10:00').toISOString(), facilityIds: ['one'] },
      },
    })
  })

  it('names each field that is wrong', () => {
    expect(
      openingOf({
        ...{ title: '', description: ' x ', logins: ' ', systems: [], facilityIds: [] },
        ...{ fromAt: '2026-11-21T10:00', toAt: '2026-11-20T10:00', discoveredAt: '' },
      }),
    ).toEqual({ wrong: ['title', 'description', 'span', 'discovered', 'about', 'facilities'] })
    expect(openingOf({ ...DRAFT, systems: [], logins: 'somebody' })).toHaveProperty('body')
    expect(openingOf({ ...DRAFT, toAt: DRAFT.fromAt })).toEqual({ wrong: ['span'] })
  })
})
