import { z } from 'zod'

/** A TCP or UDP port from the environment. */
export const Port = z.coerce
  .number('must be a port number from 1 to 65535')
  .int('must be a whole number')
  .min(1, 'must be from 1 to 65535')
  .max(65535, 'must be from 1 to 65535')

/** A secret that processes of one installation share. */
export const Secret = z
  .string(
    'is missing: `npm start` makes one; in production set a random text of 32 characters or more',
  )
  .min(32, 'must have at least 32 characters; make one with `openssl rand -hex 32`')

export const LogLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])

/** Comma-separated `http://host:port` addresses of control servers. */
export const ControlUrls = z
  .string('is missing: give the control address, for example http://127.0.0.1:4100')
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.url('must be addresses like http://127.0.0.1:4100, separated by commas')).min(1))

/** Every fault of the environment at once, one line each: the variable, what is wrong and the cure. */
export class ConfigFaults extends Error {
  override readonly name = 'ConfigFaults'
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(['The configuration has faults:', ...faults.map((fault) => `  ${fault}`)].join('\n'))
    this.faults = faults
  }
}

/** Parses the environment; empty variables count as absent. Throws {@link ConfigFaults} listing all faults. */
export function parseConfig<Shape extends z.ZodType>(
  shape: Shape,
  env: Readonly<Record<string, string | undefined>>,
): z.output<Shape> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = shape.safeParse(given)
  if (parsed.success) return parsed.data
  throw new ConfigFaults(
    parsed.error.issues.map((issue) => `${issue.path.join('.') || 'environment'} ${issue.message}`),
  )
}
