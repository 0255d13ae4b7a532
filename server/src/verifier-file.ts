import { fileURLToPath } from 'node:url'

/** The offline verifier of recordings, as it goes into every export; the same place from source and from the built server. */
export const VERIFIER_FILE = fileURLToPath(
  new URL('../../docs/verify/visavis-verify.mjs', import.meta.url),
)
