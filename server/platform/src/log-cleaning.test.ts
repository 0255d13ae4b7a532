import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '@visavis/contract/errors'
import { REDACTED, cleanRecord, isMachineWord } from './log-cleaning.ts'
import { createLogger } from './log.ts'
import { withTrace } from './trace.ts'

const TRACE = '3f2a1b4c-0d5e-4f60-8a71-92b3c4d5e6f7'

/** What a log prints for `say`, as one text. */
function printed(say: (log: ReturnType<typeof createLogger>) => void): string {
  let text = ''
  say(createLogger('test', 'trace', { write: (line) => (text += line) }))
  return text
}

/** Names of people in many forms; none of them is a word of ours. */
const aName = fc.constantFrom('Anna Petrova', 'Zhanna', 'O’Brien-Łuków', 'Ölçüm', 'Жанна Ким')
const aSecret = fc.constantFrom(
  'zhanna.petrova@mail.example',
  'visavis=Zk3vQ9xXh1mEoT0bZk3vQ9xXh1mEoT0bZk3vQ9xXh1m',
  'Bearer Zk3vQ9xXh1mEoT0b',
  'v=0\r\no=- 46117 2 IN IP4 127.0.0.1\r\na=ice-pwd:Zk3vQ9xXh1mEoT0b',
  'candidate:1 1 udp 2113937151 192.0.2.7 54400 typ host',
  'postgresql://visavis:Zk3vQ9@db:5432/visavis',
  'https://visits.example.org/room?code=Zk3vQ9',
)
/** What of those texts may not be found in any line. */
const TRACES_OF_SECRETS = ['zhanna.petrova', 'Zk3vQ9', 'ice-pwd:', '192.0.2.7', '46117']

/** Something of any shape with `leaf` somewhere in it. */
const around = (leaf: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      leaf,
      fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
      fc.dictionary(
        fc.string({ maxLength: 12 }).filter((name) => !isMachineWord(name)),
        tie('value'),
        { minKeys: 1, maxKeys: 3 },
      ),
    ),
  }))['value']

/** A field that no list of ours knows. */
const anyField = fc.stringMatching(/^[a-z][A-Za-z]{2,12}$/).filter((name) => !isMachineWord(name))

describe('a line of the log', () => {
  it('holds no name, at any depth and in any field', () => {
    fc.assert(
      fc.property(anyField, around(aName), (field, value) => {
        const text = printed((log) => log.info({ [field]: value }, 'something happened'))
        for (const part of ['Anna', 'Zhanna', 'Brien', 'Ölçüm', 'Жанна']) {
          expect(text).not.toContain(part)
        }
      }),
    )
  })

  it('holds no token, e-mail address or SDP, in whatever field or message they stand', () => {
    const fields = fc.oneof(
      anyField,
      fc.constantFrom('url', 'reason', 'cause', 'message', 'err', 'what'),
    )
    fc.assert(
      fc.property(fields, around(aSecret), aSecret, (field, value, secret) => {
        const text = printed((log) => {
          log.child({ [field]: value }).warn({ [field]: value }, `failed: ${secret}`)
          log.error({ err: new Fault(`no: ${secret}`, { cause: new Error(secret) }) })
          log.error(new Error(secret))
          log.info(secret)
        })
        for (const part of TRACES_OF_SECRETS) expect(text).not.toContain(part)
      }),
    )
  })

  it('holds nothing of what a library repeats from a query', () => {
    const error = Object.assign(
      new Error('\nInvalid `prisma.visitor.create()`:\n\nUnique key (email)=(anna) for "Anna"'),
      { code: 'P2002', meta: { target: 'Anna' }, detail: 'Failing row contains (7, Anna).' },
    )
    const text = printed((log) => log.error({ err: error, visitId: TRACE }, 'not stored'))
    expect(text.toLowerCase()).not.toContain('anna')
    expect(JSON.parse(text)).toMatchObject({
      visitId: TRACE,
      err: { code: 'P2002' },
      msg: 'not stored',
    })
  })

  it('keeps what one needs to find a fault: where, which visit, which kind', () => {
    const record = {
      visitId: TRACE,
      code: 'MEDIA_UNAVAILABLE',
      epoch: 3,
      url: 'http://127.0.0.1:4100',
    }
    const text = printed((log) =>
      log
        .child({ module: 'rooms' })
        .warn({ ...record, err: new TypeError('x is not a function') }, 'room waits'),
    )
    const line = JSON.parse(text) as { err: { stack: string } }
    expect(line).toMatchObject({ ...record, module: 'rooms', msg: 'room waits' })
    expect(line.err.stack).toMatch(
      /^TypeError: x is not a function\n\s+at .*log-cleaning\.test\.ts/,
    )
  })

  it('has the id of the request that it belongs to', async () => {
    const text = await withTrace(TRACE, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      return printed((log) => log.info('later'))
    })
    expect(JSON.parse(text)).toMatchObject({ trace: TRACE, msg: 'later' })
    expect(printed((log) => log.info('nobody asked'))).not.toContain('trace')
  })

  it('hides secrets that are numbers, and names of fields that are none of ours', () => {
    expect(cleanRecord({ pin: 123456, doc: { birthDate: 19800101 }, 'Anna Petrova': 1 })).toEqual({
      pin: REDACTED,
      doc: { birthDate: REDACTED },
      [REDACTED]: 1,
    })
  })
})
