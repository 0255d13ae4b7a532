import { expect, test } from 'vitest'
import { reportOf } from '../faults/fault-report.ts'
import type { FaultRun } from '../faults/fault-run.ts'
import type { Aims, Fault } from '../faults/faults.ts'

const PICTURE = { framesPerS: 15, width: 640 }

function aFault(aims: Aims): Fault {
  return { name: 'test', lastsMs: 0, begin: () => undefined, aims }
}

function aRun(changes: Partial<FaultRun> = {}): FaultRun {
  return {
    ...{ hasRecovered: true, mediaMs: 0, linkMs: 0, longestGapMs: 100, longestSilenceMs: 100 },
    heardShare: null,
    picture: { before: PICTURE, during: PICTURE, after: PICTURE },
    ...changes,
  }
}

const missed = (aims: Aims, ...runs: FaultRun[]) => reportOf(aFault(aims), runs).missed

test('one run that never came back is a miss, whatever was aimed at', () => {
  expect(missed({}, aRun(), aRun())).toEqual([])
  expect(missed({}, aRun(), aRun({ hasRecovered: false }))).toEqual(['recovered'])
})

test('each aim is held against the slow runs, and only if it is one', () => {
  const slow = { mediaMs: 6_000, linkMs: 4_000, longestGapMs: 2_000 }
  expect(missed({}, aRun(slow))).toEqual([])
  expect(
    missed({ mediaMs: 5_000, linkMs: 3_000, longestGapMs: 1_000 }, aRun(), aRun(slow)),
  ).toEqual(['mediaMs', 'linkMs', 'longestGapMs'])
  expect(missed({ mediaMs: 6_000, linkMs: 4_000, longestGapMs: 2_000 }, aRun(slow))).toEqual([])
})

test('a voice that was heard too little, or that nobody listened to, is a miss', () => {
  expect(missed({ heardShare: 0.97 }, aRun({ heardShare: 0.98 }))).toEqual([])
  expect(
    missed({ heardShare: 0.97 }, aRun({ heardShare: 0.98 }), aRun({ heardShare: 0.9 })),
  ).toEqual(['heardShare'])
  expect(missed({ heardShare: 0.97 }, aRun())).toEqual(['heardShare'])
})

test('a picture that does not give way was not put under pressure', () => {
  const small = { before: PICTURE, during: { framesPerS: 15, width: 320 }, after: PICTURE }
  expect(missed({ picture: 'degrades' }, aRun({ picture: small }))).toEqual([])
  expect(missed({ picture: 'degrades' }, aRun())).toEqual(['picture'])
})

test('nobody has to click, and the report says so of every run', () => {
  expect(reportOf(aFault({}), [aRun(), aRun()])).toMatchObject({ runs: 2, recovered: 2, clicks: 0 })
})
