import type { PreflightFindings } from '@visavis/contract/preflight-rules'
import { createBrightnessProbe } from './brightness.ts'
import { devicesOf } from './preflight-devices.ts'
import { DARK_BELOW } from './source-rules.ts'
import type { LocalMedia } from './types.ts'

/** Looks at the devices while they are tested. */
export type DeviceWatch = {
  /** Once a second. */
  readonly beat: () => void
  /** What came of it; `hasSounded`: whether the encoder got any sound, null where it does not say. */
  readonly findings: (
    hasSounded: boolean | null,
  ) => Pick<PreflightFindings, 'microphone' | 'camera'>
  readonly close: () => void
}

/** Watches for a picture that stays dark and a microphone that gives nothing at all. */
export function watchDevices(local: LocalMedia): DeviceWatch {
  const probe = createBrightnessProbe()
  const looks: number[] = []
  let loudest = 0
  const look = (): number | null => {
    const state = local.getState()
    const track = state.phase === 'ready' ? (state.stream.getVideoTracks()[0] ?? null) : null
    return probe.look(track)
  }
  // The probe's picture takes a moment to begin: it is asked for at once, and counted from the next look on.
  look()
  return {
    beat() {
      const brightness = look()
      if (brightness !== null) looks.push(brightness)
      loudest = Math.max(loudest, local.level())
    },
    findings(hasSounded) {
      const devices = devicesOf(local.getState())
      const isDark = looks.length > 0 && looks.every((brightness) => brightness < DARK_BELOW)
      const isSilent = hasSounded === false || (hasSounded === null && loudest === 0)
      return {
        camera: devices.camera === 'OK' && isDark ? 'DARK' : devices.camera,
        microphone: devices.microphone === 'OK' && isSilent ? 'SILENT' : devices.microphone,
      }
    },
    close: probe.close,
  }
}
