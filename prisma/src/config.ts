import { parseConfig } from '@visavis/platform/config'
import { z } from 'zod'

const Environment = z.object({
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'must be an address like postgresql://user:password@host:5432/database',
  }),
  NODE_ENV: z.string().default('development'),
})

/** What the commands in this package need to know. */
export type DatabaseConfig = { readonly databaseUrl: string; readonly isProduction: boolean }

/** Reads the environment; throws `ConfigFaults` that list every fault of it with its cure. */
export function readDatabaseConfig(
  environment: Readonly<Record<string, string | undefined>>,
): DatabaseConfig {
  const { DATABASE_URL, NODE_ENV } = parseConfig(Environment, environment)
  return { databaseUrl: DATABASE_URL, isProduction: NODE_ENV === 'production' }
}
