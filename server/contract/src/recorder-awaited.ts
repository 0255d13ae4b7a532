/** So long a visit waits for its recorder by itself; then an officer is asked (RC-3). Milliseconds. */
export const RECORDER_AWAITED_MS = 30_000
