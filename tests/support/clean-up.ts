/** What a test file has opened, to be closed even when opening the rest failed. */
export type CleanUp = {
  /** Keeps the way to close something and gives that something back. */
  readonly later: <Opened>(opened: Opened, close: (opened: Opened) => Promise<unknown>) => Opened
  /** Closes all, the latest first. */
  readonly run: () => Promise<void>
}

export function createCleanUp(): CleanUp {
  const closers: (() => Promise<unknown>)[] = []
  return {
    later(opened, close) {
      closers.push(() => close(opened))
      return opened
    },
    async run() {
      for (const close of closers.splice(0).reverse()) await close()
    },
  }
}
