type Lock = { readonly release: () => Promise<void> }
type Locks = { readonly request: (type: 'screen') => Promise<Lock> }

/**
 * Keeps a phone's screen on while somebody is in a visit: a locked screen takes the camera away. Browsers
 * let go of the lock whenever the page is out of sight, so it is asked for again. Gives back the way to stop.
 */
export function keepAwake(
  locks: Locks | undefined = (navigator as { readonly wakeLock?: Locks }).wakeLock,
  page: EventTarget & { readonly visibilityState: DocumentVisibilityState } = document,
): () => void {
  let lock: Promise<Lock> | undefined
  const ask = (): void => {
    if (page.visibilityState !== 'visible') return
    lock = locks?.request('screen')
    // A battery that is low, or a browser without it: the visit goes on as it would have.
    lock?.catch(() => undefined)
  }
  page.addEventListener('visibilitychange', ask)
  ask()
  return () => {
    page.removeEventListener('visibilitychange', ask)
    // Also one that is still on its way.
    lock?.then((taken) => taken.release()).catch(() => undefined)
  }
}
