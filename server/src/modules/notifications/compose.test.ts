import { describe, expect, it } from 'vitest'
import { NOTICE_KINDS } from '@visavis/contract/http'
import { isToldAt, mailOf, smsOf, terminalWordsOf } from './compose.ts'
import { VISIT_ID, someDetails, someTold } from './notice-fixture.ts'

const atCentre = () => {
  const { visit } = someDetails()
  const place = { place: 'LINK_CENTRE' as const, centre: 'Library', address: '1 Main Street' }
  return someDetails({ visit: visit && { ...visit, ...place } })
}

describe('a mail', () => {
  it('[BK-6] tells the time on the reader’s clock and on the facility’s', () => {
    const { text } = mailOf(someTold())
    expect(text).toContain('Tuesday, 1 December 2026 at 13:00 GMT+1 your time')
    expect(text).toContain('which is Tuesday, 1 December 2026 at 19:00 GMT+7 at the facility')
  })

  it('[BK-6] tells one time where both clocks agree, whatever the zones are called', () => {
    const { text } = mailOf(someTold({ details: someDetails({ readerZone: 'Asia/Bangkok' }) }))
    expect(text).toContain('Tuesday, 1 December 2026 at 19:00 GMT+7.')
    expect(text).not.toContain('your time')
  })

  it('speaks the reader’s language', () => {
    const { subject, text } = mailOf(someTold({ language: 'ru' }))
    expect(subject).toBe('Вы записаны на свидание')
    expect(text).toContain('вторник, 1 декабря 2026')
    expect(text).toContain('Здравствуйте, Olga!')
  })

  it('says where one takes part', () => {
    expect(mailOf(someTold()).text).toContain('from home')
    const details = atCentre()
    expect(mailOf(someTold({ details })).text).toContain('at Library, 1 Main Street')
  })

  it('greets somebody whom we do not know yet, and leads to the page with the token', () => {
    const details = someDetails({ visit: null, readerName: null, given: { token: 'abc/+=' } })
    const { text } = mailOf(someTold({ kind: 'REGISTRATION_LINK', visitId: null, details }))
    expect(text).toMatch(/^Hello,\n/)
    expect(text).toContain('https://visits.example/register/confirm#token=abc%2F%2B%3D\n')
  })

  it('tells an offer’s end in the reader’s time, and leaves the sentence out without one', () => {
    const given = { offerExpiresAt: '2026-11-30T12:15:00.000Z' }
    const offer = someTold({ kind: 'WAITING_OFFER', details: someDetails({ given }) })
    expect(mailOf(offer).text).toContain('kept for you until Monday, 30 November 2026 at 13:15')
    expect(mailOf(someTold({ kind: 'WAITING_OFFER' })).text).not.toContain('kept for you')
  })

  it.each(NOTICE_KINDS)('%s has no empty slot in either language', (kind) => {
    for (const language of ['en', 'ru']) {
      const details = { ...atCentre(), given: { letter: 'A whole letter.' } }
      const told = someTold({ kind, language, details })
      const all = [mailOf(told).text, smsOf(told) ?? '', terminalWordsOf(told)?.body ?? '']
      expect(all.join()).not.toMatch(/[{}]|undefined/)
      if (isToldAt(kind, 'TERMINAL')) expect(terminalWordsOf(told)).not.toBeNull()
      if (isToldAt(kind, 'SMS')) expect(smsOf(told)).not.toBeNull()
    }
  })
})

it('a reminder leads to its visit', () => {
  expect(smsOf(someTold({ kind: 'REMINDER_10M' }))).toContain(`/visits/${VISIT_ID}`)
})

it('what only visitors are told is nowhere at the terminal', () => {
  expect(terminalWordsOf(someTold({ kind: 'VISITOR_VERIFIED' }))).toBeNull()
})
