import type { PrismaClient } from '../../generated/client/client.ts'
import type { FieldCipher } from './field-cipher.ts'
import { openResult } from './open-result.ts'
import { sealArguments } from './seal-arguments.ts'

/**
 * The same client, whose queries seal personal fields on their way into the database and open them on their way
 * out, raw queries' results included; what raw statements write, their callers seal.
 */
export function createSealingClient(client: PrismaClient, cipher: FieldCipher): PrismaClient {
  const sealing = client.$extends({
    name: 'sealed personal fields',
    query: {
      $allOperations: async ({ model, args, query }) => {
        const sealed = sealArguments(cipher, model, args)
        // Prisma gathers questions of one moment into one statement: only what must be, waits.
        const result: unknown = await query(sealed instanceof Promise ? await sealed : sealed)
        await openResult(cipher, result)
        return result
      },
    },
  })
  // An extension of queries alone changes no type; the library's own type for it cannot say so.
  return sealing as unknown as PrismaClient
}
