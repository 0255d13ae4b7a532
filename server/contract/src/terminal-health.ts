import { z } from 'zod'

/** Why a terminal was taken out of service; each has words for staff and for whoever stands before it. */
export const TERMINAL_DISABLE_REASONS = ['REPAIR', 'CLEANING', 'INCIDENT', 'OTHER'] as const
export const DisableReasonShape = z.enum(TERMINAL_DISABLE_REASONS)
export type DisableReason = (typeof TERMINAL_DISABLE_REASONS)[number]

/** How a device of a terminal fares: there, not found, or withheld from the page by the browser. */
export const TERMINAL_DEVICE_STATES = ['OK', 'NONE', 'BLOCKED'] as const
const DeviceShape = z.enum(TERMINAL_DEVICE_STATES)
export type TerminalDeviceState = (typeof TERMINAL_DEVICE_STATES)[number]

const Pixels = z.number().int().min(0).max(100_000)

/** What a terminal's page tells of its machine: no name, no content, nothing of who is at it. */
export const TerminalHealth = z.strictObject({
  /** The build of the page, as its files name it. */
  version: z.string().max(64),
  camera: DeviceShape,
  microphone: DeviceShape,
  speaker: DeviceShape,
  /** What the browser may still store, in megabytes; null: it does not say. */
  diskFreeMb: z.number().int().min(0).nullable(),
  screen: z.strictObject({ width: Pixels, height: Pixels }),
  network: z.enum(['ethernet', 'wifi', 'cellular', 'other', 'unknown']),
  /** Somebody is at it. */
  isBusy: z.boolean(),
})
export type TerminalHealth = z.output<typeof TerminalHealth>

/** What can be wrong with a terminal, worst first; the first three put it out of order. */
export const TERMINAL_TROUBLES = ['SILENT', 'CAMERA', 'MICROPHONE', 'SPEAKER', 'DISK'] as const
export const TerminalTroubleShape = z.enum(TERMINAL_TROUBLES)
export type TerminalTrouble = (typeof TERMINAL_TROUBLES)[number]
