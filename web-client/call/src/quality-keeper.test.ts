import type { VisitSnapshot } from '@visavis/contract/visit'
import { expect, test } from 'vitest'
import { keepQuality } from './quality-keeper.ts'
import { createQualityWishes } from './quality-wishes.ts'
import type { SendPlan } from './send-plan.ts'
import type { StatsSample } from './stats-sampler.ts'

/** A keeper with its surroundings in the test's hand; each look is a second after the one before. */
function aKeeper() {
  const wishes = createQualityWishes(null)
  const plans: SendPlan[] = []
  const told: unknown[] = []
  const held: unknown[] = []
  let listener: (sample: StatsSample) => void = () => undefined
  let atMs = 0
  const keeper = keepQuality({
    sampler: {
      onSample: (each) => {
        listener = each
        return () => undefined
      },
    },
    signalling: {
      request: (async (_name: string, report: unknown) => void told.push(report)) as never,
    },
    wishes,
    limit: (plan) => plans.push(plan),
    onHeld: (each) => held.push(each),
    nowMs: () => atMs,
  })
  const look = (availableOutgoingBps: number, seconds: number, generation = 1) => {
    for (let second = 0; second < seconds; second += 1) {
      atMs += 1_000
      const transport = { availableOutgoingBps, roundTripMs: 40 }
      const sample = { atMs, generation, send: { transport, tracks: [] }, receive: { tracks: [] } }
      listener(sample as never)
    }
  }
  /** The estimate falls while nothing comes by the line. */
  const lookDown = (availableOutgoingBps: number, seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      atMs += 1_000
      const transport = { availableOutgoingBps, roundTripMs: 40, bytesReceived: 7 }
      listener({
        atMs,
        generation: 1,
        send: { transport, tracks: [] },
        receive: { tracks: [] },
      } as never)
    }
  }
  return { keeper, wishes, plans, told, held, look, lookDown }
}

const aVisit = ({ keepsPicture = false, asked = 'WHOLE' }) =>
  ({ others: [], keepsPicture, lines: { asked } }) as unknown as VisitSnapshot

const NOBODY = { isDataSaver: false, keepsPicture: false }

test('[LV-9] a line that gets poor costs the picture, then rate of the voice; the server is told each step', () => {
  const { keeper, plans, told, held, look } = aKeeper()
  keeper.seated()
  look(2_000_000, 10)
  look(200_000, 4)
  expect(plans.at(-1)).toMatchObject({ picture: 'SMALL', voiceBps: 24_000 })
  look(40_000, 4)
  expect(plans.at(-1)).toMatchObject({ picture: null, voiceBps: 24_000 })
  look(10_000, 4)
  expect(plans.at(-1)).toMatchObject({ picture: null, voiceBps: 16_000 })
  expect(told).toEqual(['LARGE', 'SMALL', 'VOICE', 'FAINT'].map((step) => ({ ...NOBODY, step })))
  expect(held).toEqual([null, null, 'PICTURE', 'PICTURE'])
})

test('[LV-8] [LV-9] a line that is down for a while is no narrow line: nothing is given up for it', () => {
  const { keeper, plans, told, look, lookDown } = aKeeper()
  keeper.seated()
  look(2_000_000, 10)
  const before = plans.at(-1)
  lookDown(10_000, 20)
  // The estimate needs some seconds to grow again.
  look(50_000, 4)
  look(2_000_000, 20)
  expect(plans.at(-1)).toEqual(before)
  expect(told).toEqual([{ ...NOBODY, step: 'LARGE' }])
})

test('[LV-9] of a try that fails nobody hears; of one that succeeds everybody', () => {
  const { keeper, plans, told, look } = aKeeper()
  keeper.seated()
  look(40_000, 12)
  look(40_000, 17)
  expect(plans.at(-1)?.picture).toBe('THIN')
  expect(told.at(-1)).toMatchObject({ step: 'VOICE' })
  look(40_000, 9)
  expect(plans.at(-1)?.picture).toBeNull()
  look(70_000, 40)
  expect(told.at(-1)).toMatchObject({ step: 'THIN' })
})

test('[LV-9] who signs keeps the picture on the worst line, also where the other one signs', () => {
  const { keeper, plans, held, look } = aKeeper()
  keeper.seated()
  keeper.sees(aVisit({ keepsPicture: true }))
  look(10_000, 12)
  expect(plans.at(-1)).toMatchObject({ picture: 'SIGNING', voiceBps: null })
  expect(held.at(-1)).toBe('SOUND')
})

test('[LV-9] what the SFU asks for takes effect at once, and its end too; our own ladder stands', () => {
  const { keeper, plans, told, look } = aKeeper()
  keeper.seated()
  keeper.sees(aVisit({ keepsPicture: true }))
  look(400_000, 12)
  const before = plans.at(-1)
  expect(before).toMatchObject({ picture: 'MIDDLE', asked: 'WHOLE' })
  const toldBefore = told.length
  keeper.sees(aVisit({ keepsPicture: true, asked: 'SPARSE' }))
  expect(plans.at(-1)).toEqual({ ...before, asked: 'SPARSE' })
  const count = plans.length
  keeper.sees(aVisit({ keepsPicture: true, asked: 'SPARSE' }))
  expect(plans).toHaveLength(count)
  keeper.sees(aVisit({ keepsPicture: true }))
  expect(plans.at(-1)).toEqual(before)
  expect(told).toHaveLength(toldBefore)
})

test('[LV-9] the data saver takes effect and is told at once, and a seat taken anew tells it again', () => {
  const { keeper, wishes, plans, told } = aKeeper()
  keeper.seated()
  wishes.change({ isDataSaver: true })
  expect(plans.at(-1)).toMatchObject({ picture: 'SAVING', voiceBps: 24_000 })
  expect(told.at(-1)).toEqual({ isDataSaver: true, keepsPicture: false, step: 'MEDIUM' })
  const before = told.length
  keeper.seated()
  expect(told).toHaveLength(before + 1)
})

test('before the seat is taken nobody is told anything', () => {
  const { told, look } = aKeeper()
  look(10_000, 15)
  expect(told).toEqual([])
})

test('[LV-9] new transports begin where the old ones were, with time to grow', () => {
  const { keeper, plans, look } = aKeeper()
  keeper.seated()
  look(2_000_000, 10)
  const count = plans.length
  look(100_000, 8, 2)
  expect(plans).toHaveLength(count)
})
