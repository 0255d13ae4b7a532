import { parseConfig } from '@visavis/platform/config'
import { z } from 'zod'

const Address = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be an address like postgresql://user:password@host:5432/database',
})

const Environment = z.object({
  DATABASE_URL: Address,
  APP_DATABASE_URL: Address.optional(),
  NODE_ENV: z.string().default('development'),
})

/** What the commands in this package need to know. */
export type DatabaseConfig = {
  readonly databaseUrl: string
  /** The role that the server runs with is made by it; null: the server runs as the owner. */
  readonly appDatabaseUrl: string | null
  readonly isProduction: boolean
}

/** Reads the environment; throws `ConfigFaults` that list every fault of it with its cure. */
export function readDatabaseConfig(
  environment: Readonly<Record<string, string | undefined>>,
): DatabaseConfig {
  const given = parseConfig(Environment, environment)
  return {
    databaseUrl: given.DATABASE_URL,
    appDatabaseUrl: given.APP_DATABASE_URL ?? null,
    isProduction: given.NODE_ENV === 'production',
  }
}
