import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FACE_FINDINGS } from '@visavis/contract/advice'
import { MONITOR_MODES } from '@visavis/contract/media-policy'
import { DEVICE_STATES } from '@visavis/contract/visit-socket'
import type { SeatReport } from '@visavis/contract/visit-socket'
import { adviceAfter, findingsOf } from './advice-rules.ts'
import type { AdviceRecord } from './advice-rules.ts'

const ALL = { face: true, dark: true, silent: true }
const WELL: SeatReport = { isAway: false, camera: 'ON', microphone: 'ON', face: null }
const AT = new Date('2026-11-22T12:00:00Z')

const device = fc.constantFrom(...DEVICE_STATES)
const aReport: fc.Arbitrary<SeatReport> = fc.record({
  ...{ isAway: fc.boolean(), camera: device, microphone: device },
  face: fc.option(
    fc.record({
      finding: fc.constantFrom(...FACE_FINDINGS),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  ),
})
const detectors = fc.record({ face: fc.boolean(), dark: fc.boolean(), silent: fc.boolean() })
const monitor = fc.constantFrom(...MONITOR_MODES)

describe('findingsOf', () => {
  it('[LV-11] is what the facility wants to know, and of a device that works', () => {
    const face = { finding: 'MORE', confidence: 0.7 } as const
    const policy = { detectors: ALL, monitor: 'AV' } as const
    expect(findingsOf({ ...WELL, face }, policy)).toEqual([{ kind: 'MORE_FACES', confidence: 0.7 }])
    expect(findingsOf({ ...WELL, face, camera: 'OFF' }, policy)).toEqual([])
    expect(findingsOf({ ...WELL, camera: 'DARK', microphone: 'SILENT' }, policy)).toEqual([
      { kind: 'DARK', confidence: 1 },
      { kind: 'SILENT', confidence: 1 },
    ])
    expect(findingsOf(WELL, policy)).toEqual([])
  })

  it('[LV-11] [OV-1] [OV-2] tells staff nothing of what they may not watch, and of sound only with sound', () => {
    let told = 0
    fc.assert(
      fc.property(aReport, detectors, monitor, (report, wanted, mode) => {
        const kinds = findingsOf(report, { detectors: wanted, monitor: mode }).map(
          ({ kind }) => kind,
        )
        told += kinds.length
        if (mode === 'NONE' || report.isAway) expect(kinds).toEqual([])
        if (mode !== 'AV' || !wanted.silent) expect(kinds).not.toContain('SILENT')
        if (!wanted.dark) expect(kinds).not.toContain('DARK')
        if (!wanted.face) expect(kinds.filter((kind) => kind.includes('FACE'))).toEqual([])
      }),
    )
    expect(told).toBeGreaterThan(0)
  })
})

describe('adviceAfter', () => {
  it('[LV-11] begins once, goes on as it was judged, ends when it is found no more, seat by seat', () => {
    const seats = ['a', 'b']
    const told = fc.array(fc.record({ seatId: fc.constantFrom(...seats), report: aReport }))
    fc.assert(
      fc.property(told, (reports) => {
        let ids = 0
        let standing: readonly AdviceRecord[] = []
        const open = new Map<string, AdviceRecord>()
        for (const { seatId, report } of reports) {
          const findings = findingsOf(report, { detectors: ALL, monitor: 'AV' })
          const newId = () => `advice-${(ids += 1)}`
          const change = adviceAfter(standing, { seatId, findings, at: AT, newId })
          for (const { adviceId } of change.ended) expect(open.delete(adviceId)).toBe(true)
          for (const advice of change.begun) open.set(advice.adviceId, advice)
          expect(new Set(change.standing)).toEqual(new Set(open.values()))
          const ofSeat = change.standing.filter((advice) => advice.seatId === seatId)
          expect(ofSeat.map(({ kind }) => kind).toSorted()).toEqual(
            findings.map(({ kind }) => kind).toSorted(),
          )
          standing = change.standing.map((advice) => ({ ...advice, judgement: 'FALSE' as const }))
          for (const advice of standing) open.set(advice.adviceId, advice)
        }
      }),
    )
  })
})
