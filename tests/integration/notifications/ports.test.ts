import { afterEach, describe, expect, it } from 'vitest'
import type { Mail, Sms } from '../../../server/src/modules/notifications/ports.ts'
import { createSmsGateway } from '../../../server/src/modules/notifications/sms-gateway.ts'
import { createSmtpMailer } from '../../../server/src/modules/notifications/smtp-mailer.ts'
import { createCleanUp } from '../../support/clean-up.ts'
import { freePorts } from '../../support/ports.ts'
import {
  NOBODY,
  NO_NUMBER,
  gatewayEnd,
  mailFolderEnd,
  smsFolderEnd,
  smtpEnd,
} from './support/mail-ends.ts'

const cleanUp = createCleanUp()
afterEach(() => cleanUp.run())

function aMail(changes: Partial<Mail> = {}): Mail {
  return {
    noticeId: '018f0000-0000-7000-8000-000000000002',
    to: 'olga@example.org',
    subject: 'Your visit is booked',
    text: 'Hello Olga,\n\nsee you.\n',
    calendar: null,
    ...changes,
  }
}

const anSms = (changes: Partial<Sms> = {}): Sms => ({
  noticeId: '018f0000-0000-7000-8000-000000000003',
  to: '+79990000000',
  text: 'In an hour: свидание',
  ...changes,
})

describe.each([
  ['SMTP', smtpEnd],
  ['the folder', mailFolderEnd],
])('a mail through %s', (_, open) => {
  const end = async () => cleanUp.later(await open(), (made) => made.close())

  it('arrives with its subject, text and id', async () => {
    const { way, arrived } = await end()
    expect(await way.send(aMail())).toEqual({ kind: 'SENT' })
    const [mail] = await arrived()
    expect(mail?.to).toBe('olga@example.org')
    expect(mail?.text).toContain('Your visit is booked')
    expect(mail?.text).toContain('see you.')
    expect(mail?.text).toContain('018f0000-0000-7000-8000-000000000002')
  })

  it('brings its calendar entry', async () => {
    const { way, arrived } = await end()
    const calendar = { method: 'REQUEST' as const, text: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR' }
    await way.send(aMail({ calendar }))
    const [mail] = await arrived()
    const encoded = Buffer.from(calendar.text).toString('base64')
    expect([calendar.text, encoded].some((text) => mail?.text.includes(text))).toBe(true)
  })

  it('bounces where the address is refused, and says so without the address', async () => {
    const { way, arrived } = await end()
    const delivery = await way.send(aMail({ to: NOBODY }))
    expect(delivery.kind).toBe('BOUNCED')
    expect(JSON.stringify(delivery)).not.toContain('nobody')
    expect(await arrived()).toEqual([])
  })

  it('is put off while the other end is unable', async () => {
    const { way, breakOff } = await end()
    await breakOff()
    expect(await way.send(aMail())).toMatchObject({ kind: 'DEFERRED' })
  })
})

describe('a mail through SMTP', () => {
  it('is put off while no server is there, or one that does not let us in', async () => {
    const url = `smtp://127.0.0.1:${await freePorts(1)}`
    const way = createSmtpMailer({ url, from: 'no-reply@visits.example' })
    expect(await way.send(aMail())).toMatchObject({ kind: 'DEFERRED' })
  })

  it('goes to one address, whatever stands in it', async () => {
    const { way, arrived } = cleanUp.later(await smtpEnd(), (made) => made.close())
    const delivery = await way.send(aMail({ to: 'olga@example.org, other@example.org' }))
    expect(delivery.kind).not.toBe('SENT')
    expect(await arrived()).toEqual([])
  })
})

describe.each([
  ['the gateway', gatewayEnd],
  ['the folder', smsFolderEnd],
])('a text message through %s', (_, open) => {
  const end = async () => cleanUp.later(await open(), (made) => made.close())

  it('arrives', async () => {
    const { way, arrived } = await end()
    expect(await way.send(anSms())).toEqual({ kind: 'SENT' })
    const [sms] = await arrived()
    expect(sms?.to).toBe('+79990000000')
    expect(sms?.text).toContain('In an hour: свидание')
  })

  it('bounces where the number is none', async () => {
    const { way, arrived } = await end()
    expect(await way.send(anSms({ to: NO_NUMBER }))).toMatchObject({ kind: 'BOUNCED' })
    expect(await arrived()).toEqual([])
  })

  it('is put off while the other end is unable', async () => {
    const { way, breakOff } = await end()
    await breakOff()
    expect(await way.send(anSms())).toMatchObject({ kind: 'DEFERRED' })
  })
})

it('a text message is put off while the gateway is away', async () => {
  const url = `http://127.0.0.1:${await freePorts(1)}/`
  const way = createSmsGateway({ url, token: 'token' })
  expect(await way.send(anSms())).toEqual({ kind: 'DEFERRED', failure: 'SMS_UNREACHABLE' })
})
