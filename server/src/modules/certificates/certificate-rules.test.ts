import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CENSUS_COUNTS, EXPECTED_COUNTS } from '@visavis/contract/census'
import { TWO_PEOPLE, aChain, aWholeChain } from './census-fixture.ts'
import type { GivenLine } from './census-fixture.ts'
import { someFacts, someKey } from './certificate-fixture.ts'
import { certificateOf } from './certificate.ts'
import type { CertificateFacts } from './certificate.ts'
import { GAP_REASONS, gapsOf, provesNotOf, provesOf, totalsOf } from './certificate-rules.ts'
import { CERTIFICATE_WORDS } from './certificate-words.ts'

const { visitId, bookedFrom: beganAt } = someFacts()
const chain = (lines: readonly GivenLine[], epoch = 1) => aChain({ visitId, beganAt, epoch }, lines)
const instant = (ms: number): Date => new Date(beganAt.getTime() + ms)
const key = someKey()
const made = (changes: Partial<CertificateFacts>) =>
  certificateOf(someFacts(changes), { number: 1, issuedAt: instant(0), issuer: 'https://x', key })
const gaps = (lines: ReturnType<typeof chain>, endedMs = 10_000, mediaFromMs: number | null = 0) =>
  gapsOf(
    lines.map(({ line }) => line),
    {
      mediaFrom: mediaFromMs === null ? null : instant(mediaFromMs),
      mediaTo: null,
      endedAt: instant(endedMs),
    },
  ).map(({ ms, reason }) => [reason, ms])

describe('[OV-8] gaps of a census', () => {
  const END = { kind: 'END', end: 'CLOSED' } as const

  it.each<[string, ReturnType<typeof chain>, [string, number][]]>([
    ['none at ten seconds', chain([{ atMs: 0 }, { atMs: 10_000, ...END }]), []],
    ['one just beyond', chain([{ atMs: 0 }, { atMs: 10_001, ...END }]), [['UNKNOWN', 10_001]]],
    [
      'the server was away',
      chain([{ atMs: 0 }, { atMs: 20_000, unwritten: 3, ...END }]),
      [['SERVER_AWAY', 20_000]],
    ],
    ['nothing before the end', chain([{ atMs: 0 }]), [['CUT_OFF', 60_000]]],
    [
      'a room that came late',
      chain([{ atMs: 30_000 }, { atMs: 31_000, ...END }]),
      [['NO_CENSUS', 30_000]],
    ],
    ['no line at all', [], [['NO_CENSUS', 60_000]]],
    [
      'no room between two rooms',
      [...chain([{ atMs: 0, ...END }]), ...chain([{ atMs: 50_000, ...END }], 2)],
      [],
    ],
    [
      'a media node that died',
      [
        ...chain([{ atMs: 0 }]),
        ...chain([{ atMs: 50_000, bootId: '0193a7c0-0000-4000-8000-00000000000c', ...END }], 2),
      ],
      [['NODE_RESTARTED', 50_000]],
    ],
    [
      'a room without lines',
      [...chain([{ atMs: 0, ...END }]), ...chain([{ atMs: 50_000, ...END }], 3)],
      [['EPOCH_MISSING', 50_000]],
    ],
  ])('%s', (_name, lines, expected) => {
    expect(gaps(lines, 60_000)).toEqual(expected)
  })

  it('needs no line for a visit in which nothing ever flowed', () => {
    expect(gaps([], 60_000, null)).toEqual([])
  })
})

describe('[OV-8] the finding', () => {
  it('is clean for a visit with two people and nothing else', () => {
    const { finding, proves, provesNot, totals } = made({})
    expect(finding).toBe('CLEAN')
    expect(proves).toContain('NO_OTHER_RECEIVER')
    expect(provesNot).toContain('EXCHANGED_SOFTWARE')
    expect(totals).toMatchObject({ lines: 60, epochs: 1, most: TWO_PEOPLE })
  })

  it('is a violation for one of anything that is not expected, in any line', () => {
    const unexpected = CENSUS_COUNTS.filter((name) => !EXPECTED_COUNTS.includes(name))
    fc.assert(
      fc.property(fc.constantFrom(...unexpected), fc.nat({ max: 9 }), (name, at) => {
        const line = (index: number): GivenLine => ({
          atMs: index * 5_000,
          counts: index === at ? { ...TWO_PEOPLE, [name]: 1 } : TWO_PEOPLE,
        })
        const lines = chain(Array.from({ length: 10 }, (_, index) => line(index)))
        expect(made({ lines, endedAt: instant(46_000) }).finding).toBe('VIOLATED')
      }),
    )
  })

  it.each([
    { rows: { recordings: 1, observations: 0, alarms: 0 } },
    { rows: { recordings: 0, observations: 1, alarms: 0 } },
    { rows: { recordings: 0, observations: 0, alarms: 1 } },
    { participants: 1 },
  ])('is a violation with %j', (changes) => {
    expect(made(changes).finding).toBe('VIOLATED')
  })

  it('says what closed a room, and then proves no more than that', () => {
    const what = 'a consumer of audio that no room has made'
    const lines = chain([
      { atMs: 0, kind: 'BEGIN' },
      { atMs: 5_000, kind: 'END', end: 'VIOLATED', violation: what },
    ])
    const certificate = made({ lines, endedAt: instant(5_000) })
    expect(certificate).toMatchObject({ finding: 'VIOLATED', violations: [{ epoch: 1, what }] })
    expect(certificate.proves).toEqual(['CLOSED_WHEN_FOUND', 'UNCHANGED_SINCE'])
  })

  it('counts what came and went over all rooms', () => {
    const first = aWholeChain({ visitId, beganAt }, 3)
    const second = aWholeChain({ visitId, beganAt: instant(20_000), epoch: 2 }, 4)
    const lines = [...first, ...second].map(({ line }) => line)
    expect(totalsOf(lines)).toMatchObject({ lines: 7, epochs: 2, most: { seatConsumers: 4 } })
  })
})

it('has words in every language for all that a certificate can say', () => {
  for (const words of Object.values(CERTIFICATE_WORDS)) {
    const findings = Object.keys(words.finding) as (keyof typeof words.finding)[]
    const codes = findings.flatMap((finding) => [...provesOf(finding), ...provesNotOf(finding)])
    expect(codes.filter((code) => !words.statements[code])).toEqual([])
    expect(CENSUS_COUNTS.filter((name) => !words.counts[name])).toEqual([])
    expect(GAP_REASONS.filter((reason) => !words.gapReasons[reason])).toEqual([])
  }
})
