import { pino } from 'pino'
import type { Logger } from 'pino'

export type { Logger }

/** Fields that never reach a log, wherever they stand one or two levels deep. */
const SECRET_FIELDS = [
  'password',
  'pin',
  'token',
  'secret',
  'cookie',
  'authorization',
  'name',
  'displayName',
  'givenName',
  'familyName',
  'birthDate',
  'email',
  'login',
  'sdp',
  'iceParameters',
  'dtlsParameters',
  'grant',
]

/** The root logger of a process; pass children with `visitId`, `requestId` and the like. */
export function createLogger(processName: string, level: string): Logger {
  return pino({
    level,
    base: { process: processName },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
      censor: '[redacted]',
    },
  })
}
