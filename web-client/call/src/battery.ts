/** How much there is left to run on. */
export type Battery = { readonly isLow: () => boolean }

type BatteryManager = { readonly level: number; readonly charging: boolean }
type HasBattery = { readonly getBattery?: () => Promise<BatteryManager> }

/** The share below which nothing that can wait is done. */
const LOW = 0.2

/** Knows the device's battery where the browser tells of it; elsewhere it is never low. */
export function watchBattery(device: HasBattery = navigator as HasBattery): Battery {
  let battery: BatteryManager | null = null
  device.getBattery?.().then(
    (found) => (battery = found),
    () => undefined,
  )
  return { isLow: () => battery !== null && !battery.charging && battery.level < LOW }
}
