import { Refusal } from '@visavis/contract/errors'
import { isSignallingError } from './passing-refusals.ts'
import type { Reply } from './types.ts'

/** How the server answered, for a page to show. */
export async function replyOf(request: Promise<unknown>): Promise<Reply> {
  try {
    await request
    return { ok: true }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, code: error.code, context: error.context }
    if (isSignallingError(error)) return { ok: false, code: error.code }
    throw error
  }
}
