import type { TerminalDeviceState, TerminalHealth } from '@visavis/contract/terminal-health'

const BYTES_PER_MB = 1_000_000

type Devices = Record<'camera' | 'microphone' | 'speaker', TerminalDeviceState>
/** What a browser says of a permission; null: it does not say. */
export type Permitted = { readonly camera: boolean | null; readonly microphone: boolean | null }

/** How the devices fare, without switching any of them on. */
export function devicesOf(kinds: readonly MediaDeviceKind[], permitted: Permitted): Devices {
  const stateOf = (kind: MediaDeviceKind, isPermitted: boolean | null): TerminalDeviceState => {
    if (isPermitted === false) return 'BLOCKED'
    return kinds.includes(kind) ? 'OK' : 'NONE'
  }
  return {
    camera: stateOf('videoinput', permitted.camera),
    microphone: stateOf('audioinput', permitted.microphone),
    speaker: stateOf('audiooutput', null),
  }
}

/** The build of this page, as its script's file is named: another build has another name. */
export function versionOf(scriptUrl: string): string {
  const name = scriptUrl.split('?')[0]?.split('/').at(-1) ?? ''
  return name.replace(/\.(js|tsx?)$/, '').slice(0, 64)
}

/** Free room for the browser in megabytes; null: it does not say. */
export function freeMbOf({ quota, usage }: StorageEstimate): number | null {
  if (quota === undefined || usage === undefined) return null
  return Math.max(0, Math.floor((quota - usage) / BYTES_PER_MB))
}

const NETWORKS: readonly string[] = ['ethernet', 'wifi', 'cellular', 'other']

/** The kind of network, where the browser says so. */
export function networkOf(type: string | undefined): TerminalHealth['network'] {
  return NETWORKS.includes(type ?? '') ? (type as TerminalHealth['network']) : 'unknown'
}

/** Looks at the machine. Never rejects: what cannot be found out is told as such. */
export async function lookAtHealth(isBusy: boolean): Promise<TerminalHealth> {
  const [kinds, camera, microphone, estimate] = await Promise.all([
    deviceKinds(),
    isPermitted('camera'),
    isPermitted('microphone'),
    storageEstimate(),
  ])
  const script = document.querySelector<HTMLScriptElement>('script[type=module][src]')
  const { width, height } = window.screen
  const { connection } = navigator as { connection?: { type?: string } }
  return {
    version: versionOf(script?.src ?? ''),
    ...devicesOf(kinds, { camera, microphone }),
    diskFreeMb: freeMbOf(estimate),
    screen: { width, height },
    network: networkOf(connection?.type),
    isBusy,
  }
}

async function deviceKinds(): Promise<MediaDeviceKind[]> {
  // Absent on a page that was loaded without security: then there is no device either.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  const found = (await devices?.enumerateDevices().catch(() => [])) ?? []
  return found.map(({ kind }) => kind)
}

async function isPermitted(name: 'camera' | 'microphone'): Promise<boolean | null> {
  try {
    return (await navigator.permissions.query({ name })).state !== 'denied'
  } catch {
    return null
  }
}

async function storageEstimate(): Promise<StorageEstimate> {
  const storage = navigator.storage as StorageManager | undefined
  return (await storage?.estimate().catch(() => ({}))) ?? {}
}
