/** An officer's two screens: the wall's own, and the one that has the rest. */
export type ScreenNumber = 1 | 2

/** What one screen tells the other. */
export type ScreenMessage =
  | { readonly what: 'here'; readonly screen: ScreenNumber }
  /** From the first one: these tiles are the second one's. */
  | { readonly what: 'share'; readonly visitIds: readonly string[] }
  /** A visit was chosen here: only one is heard. */
  | { readonly what: 'chosen'; readonly screen: ScreenNumber }

export type ScreenLinkOptions = {
  /** The same for both screens of one officer, and for nobody else. */
  readonly name: string
  readonly screen: ScreenNumber
  readonly onOther: (isThere: boolean) => void
  readonly onMessage: (message: ScreenMessage) => void
}

export type ScreenLink = {
  readonly send: (message: ScreenMessage) => void
  readonly close: () => void
}

/** Whether this browser can tell one screen of the other. */
export function canLinkScreens(): boolean {
  return 'BroadcastChannel' in globalThis && 'locks' in navigator
}

/**
 * Ties two pages of one browser. Each holds a lock while it lives; whoever waits for the other's lock learns
 * of its end at once, however it ends, without a clock that a browser slows down in the background.
 */
export function openScreenLink({ name, screen, ...told }: ScreenLinkOptions): ScreenLink {
  const lockOf = (of: ScreenNumber): string => `${name}.${of}`
  const other: ScreenNumber = screen === 1 ? 2 : 1
  const end = new AbortController()
  const channel = new BroadcastChannel(name)
  let isIn = false
  let isWatching = false

  const watchOther = (): void => {
    if (!isIn || isWatching) return
    isWatching = true
    told.onOther(true)
    lock(lockOf(other), end.signal, () => {
      isWatching = false
      told.onOther(false)
    })
  }
  channel.onmessage = ({ data }: MessageEvent<ScreenMessage>) => {
    if (data.what === 'here' && data.screen === other) watchOther()
    if (isIn) told.onMessage(data)
  }
  // A second page with the same number waits here, and is a wall of its own until its turn comes.
  lock(lockOf(screen), end.signal, async () => {
    isIn = true
    const here = { what: 'here', screen } satisfies ScreenMessage
    channel.postMessage(here)
    const { held = [] } = await navigator.locks.query()
    if (held.some((each) => each.name === lockOf(other))) watchOther()
    await new Promise<void>((resolve) => end.signal.addEventListener('abort', () => resolve()))
  })
  return {
    send: (message) => {
      if (isIn) channel.postMessage(message)
    },
    close() {
      isIn = false
      end.abort()
      channel.close()
    },
  }
}

/** Runs `work` with the lock; an end before that is no fault. */
function lock(name: string, signal: AbortSignal, work: () => void | Promise<void>): void {
  navigator.locks.request(name, { signal }, work).catch(() => undefined)
}
