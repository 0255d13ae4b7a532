import type { DeviceState, SeatReport } from '@visavis/contract/visit-socket'

/** A lens cap or a covered camera, and not a hand that passed by. */
export const DARK_AFTER_MS = 5_000
/** Nobody's microphone is wholly silent for so long: even a quiet room hums. */
export const SILENT_AFTER_MS = 10_000
/** Mean brightness, 0 to 255, below which nothing can be made out. */
export const DARK_BELOW = 6

/** One look at this person's own devices. */
export type SourceReading = {
  readonly atMs: number
  readonly camera: DeviceReading
  readonly microphone: DeviceReading
  /** Mean brightness of the own picture, 0 to 255; null where it could not be looked at. */
  readonly brightness: number | null
  /** Energy of all sound so far; null where the browser does not say. */
  readonly soundEnergy: number | null
}

/** How a device's track stands; `withheld` while the system takes it away for a call or a locked screen. */
export type DeviceReading = 'on' | 'off' | 'none' | 'ended' | 'withheld'

/** What is known of the own devices; one object for a whole call. */
export type SourceState = {
  readonly camera: DeviceState
  readonly microphone: DeviceState
  readonly darkSinceMs: number | null
  readonly silentSinceMs: number | null
  readonly soundEnergy: number | null
}

/** Nothing seen yet: taken to work. */
export const SOURCES_UNSEEN: SourceState = {
  camera: 'ON',
  microphone: 'ON',
  darkSinceMs: null,
  silentSinceMs: null,
  soundEnergy: null,
}

/** What is known after one more look (LV-10). */
export function lookAtSources(state: SourceState, reading: SourceReading): SourceState {
  const darkSinceMs = isDark(reading) ? (state.darkSinceMs ?? reading.atMs) : null
  const silentSinceMs = isSilent(state, reading) ? (state.silentSinceMs ?? reading.atMs) : null
  const hasLasted = (sinceMs: number | null, forMs: number): boolean =>
    sinceMs !== null && reading.atMs - sinceMs >= forMs
  return {
    camera: stateOf(reading.camera, hasLasted(darkSinceMs, DARK_AFTER_MS) ? 'DARK' : null),
    microphone: stateOf(
      reading.microphone,
      hasLasted(silentSinceMs, SILENT_AFTER_MS) ? 'SILENT' : null,
    ),
    darkSinceMs,
    silentSinceMs,
    soundEnergy: reading.soundEnergy,
  }
}

const STATES: Readonly<Record<DeviceReading, DeviceState>> = {
  on: 'ON',
  off: 'OFF',
  none: 'NONE',
  ended: 'ENDED',
  withheld: 'INTERRUPTED',
}

function stateOf(reading: DeviceReading, trouble: 'DARK' | 'SILENT' | null): DeviceState {
  return (reading === 'on' ? trouble : null) ?? STATES[reading]
}

function isDark({ camera, brightness }: SourceReading): boolean {
  return camera === 'on' && brightness !== null && brightness < DARK_BELOW
}

/** No sound was added. Another sender counts anew, from less: that is no silence. */
function isSilent(before: SourceState, { microphone, soundEnergy }: SourceReading): boolean {
  return microphone === 'on' && soundEnergy !== null && soundEnergy === before.soundEnergy
}

/** What a seat tells of its page and devices, without what is found in its picture. */
export type SourceReport = Omit<SeatReport, 'face'>

/** What the server is to be told of this seat's page and devices. */
export function reportOf(
  { camera, microphone }: Pick<SourceState, 'camera' | 'microphone'>,
  isAway: boolean,
): SourceReport {
  return { isAway, camera, microphone }
}
