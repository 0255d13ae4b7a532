import type { TerminalHealth } from './terminal-health.ts'

/** What a terminal tells of itself that has nothing wrong. */
export const A_WELL_TERMINAL: TerminalHealth = {
  version: 'index-B3xQ',
  camera: 'OK',
  microphone: 'OK',
  speaker: 'OK',
  diskFreeMb: 5_000,
  screen: { width: 1280, height: 800 },
  network: 'ethernet',
  isBusy: false,
}
