import pg from 'pg'
import { vi } from 'vitest'

/**
 * What this process asks the database from now on, on all connections, statement by statement. Begin before
 * the first connection, which keeps the method that it finds; `vi.restoreAllMocks` ends it.
 */
export function listenToQueries(): string[] {
  const asked: string[] = []
  const client = pg.Client.prototype as { query: (...parts: unknown[]) => unknown }
  const { query } = client
  vi.spyOn(client, 'query').mockImplementation(function (this: unknown, ...parts) {
    const [first] = parts
    asked.push(typeof first === 'string' ? first : ((first as { text?: string }).text ?? ''))
    return query.apply(this, parts)
  })
  return asked
}
