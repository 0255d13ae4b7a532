/** The keys of the recordings that are going on: in this process's memory alone, and no longer than they are needed. */
export type KeyRing = {
  readonly keep: (recordingId: string, key: Uint8Array<ArrayBuffer>) => void
  /** A copy to hand on; null for a recording whose key was forgotten or never brought. */
  readonly copyOf: (recordingId: string) => Uint8Array<ArrayBuffer> | null
  /** Overwrites it. Idempotent. */
  readonly forget: (recordingId: string) => void
  /** Overwrites all. */
  readonly forgetAll: () => void
}

/** Creates an empty ring. */
export function createKeyRing(): KeyRing {
  const keys = new Map<string, Uint8Array<ArrayBuffer>>()
  const forget = (recordingId: string): void => {
    keys.get(recordingId)?.fill(0)
    keys.delete(recordingId)
  }
  return {
    keep(recordingId, key) {
      forget(recordingId)
      keys.set(recordingId, key)
    },
    copyOf(recordingId) {
      const key = keys.get(recordingId)
      return key ? copyOfKey(key) : null
    },
    forget,
    forgetAll: () => [...keys.keys()].forEach(forget),
  }
}

/** A copy that can be overwritten: a small array would lie where the engine moves things about and leaves traces. */
export function copyOfKey(key: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(new ArrayBuffer(key.length))
  copy.set(key)
  return copy
}
