import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '@visavis/contract/errors'
import { NULL_CURE, nullCharacterAt } from '@visavis/contract/null-character'

/** Refuses texts that the database cannot keep, wherever in a request they are, with BAD_REQUEST. */
export function addTextRules(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ params, query, body }: FastifyRequest) => {
    const at = nullCharacterAt({ params, query, body })
    if (at === null) return
    const [, ...path] = at.split('.')
    throw new Refusal('BAD_REQUEST', {
      fields: [{ field: path.join('.') || '(request)', cure: NULL_CURE }],
    })
  })
}
