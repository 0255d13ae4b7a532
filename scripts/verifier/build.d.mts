/** Where the built files stand. */
export const BUILT: { mjs: string; html: string; recording: string; witness: string }
export const buildVerifier: () => { mjs: string; html: string }
export const buildRecordingVerifier: () => string
export const buildWitness: () => string
