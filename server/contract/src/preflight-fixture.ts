import type { LoopFigures, PreflightFindings } from './preflight-rules.ts'

/** What a good browser on a good line finds. */
export const GOOD_LOOP: LoopFigures = {
  ms: 10_000,
  protocol: 'udp',
  isRelayed: false,
  roundTripMs: 40,
  jitterMs: 5,
  lossUp: 0,
  lossDown: 0.01,
  upBps: 700_000,
  downBps: 690_000,
  capacityBps: 900_000,
}

/** The same, with devices and ways that all work. */
export const GOOD_FINDINGS: PreflightFindings = {
  microphone: 'OK',
  camera: 'OK',
  speaker: 'HEARD',
  udp: 'OPEN',
  tcp: 'OPEN',
  relay: 'UNTRIED',
  loop: GOOD_LOOP,
}
