import { createApi } from '@visavis/ui/api/api.ts'
import { PATHS } from './paths.ts'

export type { CallInput, Reply } from '@visavis/ui/api/api.ts'

/** Calls a route that these pages use. Never rejects: a failure is a code that has words. */
export const callApi = createApi(PATHS)
