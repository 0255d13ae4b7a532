/** Sends the newest value, one at a time: what was overtaken while another was on its way is left out. */
export type LatestSender = {
  /** Resolves when everything known at the time of the call has been sent; rejects with the sender's error. */
  readonly flush: () => Promise<void>
}

/** `send` reads the newest value itself. Two flushes during a send share the one that follows. */
export function createLatestSender(send: () => Promise<void>): LatestSender {
  let running: Promise<void> | null = null
  let queued: Promise<void> | null = null
  const start = (): Promise<void> => {
    running = send().finally(() => {
      running = null
    })
    return running
  }
  return {
    flush() {
      // Asked first: between the end of one send and the start of the queued one nothing is running.
      if (queued) return queued
      if (!running) return start()
      queued = running
        .catch(() => undefined)
        .then(() => {
          queued = null
          return start()
        })
      return queued
    },
  }
}
