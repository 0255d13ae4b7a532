import { fileURLToPath } from 'node:url'
import { parseConfig } from '@visavis/platform/config'
import { z } from 'zod'
import type { PersonKeysPlace } from './personal/person-keys.ts'

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

/** Where people's keys lie if nobody says otherwise: beside the other secrets of this checkout. */
export const EMBEDDED_PERSON_KEYS = fileURLToPath(
  new URL('../../.visavis/person-keys', import.meta.url),
)

/** What the environment says of people's keys; null where it has no root key. */
export function personKeysPlace(
  environment: Readonly<Record<string, string | undefined>>,
): PersonKeysPlace | null {
  const rootKey = environment['KEY_ROOT']
  if (!rootKey) return null
  return { folder: environment['PERSON_KEYS_DIR'] || EMBEDDED_PERSON_KEYS, rootKey }
}
