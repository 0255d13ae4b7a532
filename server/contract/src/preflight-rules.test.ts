import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { GOOD_FINDINGS as GOOD, GOOD_LOOP } from './preflight-fixture.ts'
import {
  CAMERA_STATES,
  LIGHTS,
  MICROPHONE_STATES,
  PATH_STATES,
  PREFLIGHT_DEVICES,
  SPEAKER_STATES,
  judgePreflight,
} from './preflight-rules.ts'
import type { LoopFigures, PreflightFindings } from './preflight-rules.ts'

const withLoop = (more: Partial<LoopFigures>): PreflightFindings => ({
  ...GOOD,
  loop: { ...GOOD_LOOP, ...more },
})

describe('judgePreflight', () => {
  it.each([
    ['everything works', GOOD, 'GREEN', []],
    ['nobody was asked about the sound', { ...GOOD, speaker: 'UNASKED' }, 'GREEN', []],
    ['TCP is closed, UDP is not', { ...GOOD, tcp: 'BLOCKED' }, 'GREEN', []],
    ['no camera at home: sound only', { ...GOOD, camera: 'DENIED' }, 'AMBER', ['CAMERA_DENIED']],
    ['no sound heard', { ...GOOD, speaker: 'UNHEARD' }, 'AMBER', ['SPEAKER_UNHEARD']],
    ['a silent microphone', { ...GOOD, microphone: 'SILENT' }, 'AMBER', ['MICROPHONE_SILENT']],
    ['a covered camera', { ...GOOD, camera: 'DARK' }, 'AMBER', ['CAMERA_DARK']],
    ['no microphone', { ...GOOD, microphone: 'MISSING' }, 'RED', ['MICROPHONE_MISSING']],
    ['UDP is closed', { ...GOOD, udp: 'BLOCKED' }, 'AMBER', ['ONLY_TCP']],
    [
      'only a relay is open',
      { ...GOOD, udp: 'BLOCKED', tcp: 'BLOCKED', relay: 'OPEN' },
      'AMBER',
      ['ONLY_RELAY'],
    ],
    [
      'nothing is open',
      { ...GOOD, udp: 'BLOCKED', tcp: 'BLOCKED', loop: null },
      'RED',
      ['NO_WAY_THROUGH'],
    ],
    ['a way is open, but nothing came back', { ...GOOD, loop: null }, 'RED', ['NOTHING_CAME_BACK']],
    ['3 % lost', withLoop({ lossUp: 0.03 }), 'AMBER', ['LOSS']],
    ['10 % lost on the way back', withLoop({ lossDown: 0.1 }), 'RED', ['LOSS_HIGH']],
    ['answers after 300 ms', withLoop({ roundTripMs: 300 }), 'AMBER', ['ANSWERS_LATE']],
    ['answers after 800 ms', withLoop({ roundTripMs: 800 }), 'RED', ['ANSWERS_VERY_LATE']],
    [
      'a slow line',
      withLoop({ upBps: 120_000, downBps: 120_000, capacityBps: 200_000 }),
      'AMBER',
      ['LINE_NARROW'],
    ],
    [
      'a line that carries no picture',
      withLoop({ upBps: 30_000, downBps: 30_000, capacityBps: 40_000 }),
      'RED',
      ['LINE_TOO_NARROW'],
    ],
    [
      'a dark room on a good line needs little',
      withLoop({ upBps: 80_000, downBps: 80_000, capacityBps: 900_000 }),
      'GREEN',
      [],
    ],
    ['too little comes back for sound', withLoop({ downBps: 20_000 }), 'RED', ['LINE_TOO_NARROW']],
    [
      'a browser that cannot say what the line carries',
      withLoop({ upBps: 50_000, downBps: 50_000, capacityBps: null }),
      'GREEN',
      [],
    ],
  ] as const)('[LV-10] %s', (...[, findings, light, problems]) => {
    expect(judgePreflight(findings, 'COMPUTER')).toEqual({ light, problems })
  })

  it('[LV-10] sound alone needs less of a line', () => {
    const loop = { ...GOOD_LOOP, upBps: 34_000, downBps: 34_000, capacityBps: null }
    const { light, problems } = judgePreflight({ ...GOOD, camera: 'MISSING', loop }, 'PHONE')
    expect({ light, problems }).toEqual({ light: 'AMBER', problems: ['CAMERA_MISSING'] })
  })

  it('[BK-13] a terminal without a picture is broken', () => {
    const findings = { ...GOOD, camera: 'MISSING' } as const
    expect(judgePreflight(findings, 'TERMINAL').light).toBe('RED')
    expect(judgePreflight(findings, 'ROOM').light).toBe('AMBER')
  })

  it('[LV-10] is total, names its reasons, and never gets better by more loss or delay', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const loops = fc.record({
      ms: fc.constant(10_000),
      protocol: fc.constantFrom('udp' as const, 'tcp' as const),
      isRelayed: fc.boolean(),
      roundTripMs: fc.option(fc.integer({ min: 0, max: 3_000 })),
      jitterMs: fc.constant(null),
      lossUp: share,
      lossDown: share,
      upBps: fc.integer({ min: 0, max: 2_000_000 }),
      downBps: fc.integer({ min: 0, max: 2_000_000 }),
      capacityBps: fc.option(fc.integer({ min: 0, max: 2_000_000 })),
    })
    const findings = fc.record({
      microphone: fc.constantFrom(...MICROPHONE_STATES),
      camera: fc.constantFrom(...CAMERA_STATES),
      speaker: fc.constantFrom(...SPEAKER_STATES),
      udp: fc.constantFrom(...PATH_STATES),
      tcp: fc.constantFrom(...PATH_STATES),
      relay: fc.constantFrom(...PATH_STATES),
      loop: fc.option(loops),
    })
    const device = fc.constantFrom(...PREFLIGHT_DEVICES)
    fc.assert(
      fc.property(findings, device, fc.tuple(share, fc.nat(2_000)), (found, kind, [loss, ms]) => {
        const judged = judgePreflight(found, kind)
        expect(judged.light === 'GREEN').toBe(judged.problems.length === 0)
        if (found.loop === null) return
        const worse = {
          ...found.loop,
          lossUp: Math.max(loss, found.loop.lossUp),
          roundTripMs: (found.loop.roundTripMs ?? 0) + ms,
        }
        const again = judgePreflight({ ...found, loop: worse }, kind)
        expect(LIGHTS.indexOf(again.light)).toBeGreaterThanOrEqual(LIGHTS.indexOf(judged.light))
      }),
    )
  })
})
