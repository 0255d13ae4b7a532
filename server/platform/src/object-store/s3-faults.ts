import { Fault } from '@visavis/contract/errors'

/** What a store said no to, without the request: that carries a signature. */
export class S3Fault extends Fault {
  /** Another try may succeed. */
  readonly isPassing: boolean
  constructor(message: string, isPassing: boolean) {
    super(message)
    this.isPassing = isPassing
  }
}

const CREDENTIALS = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'AccessDenied',
  'Forbidden',
  'CredentialsProviderError',
  'ExpiredToken',
])
const FORBIDDEN = 403
/** Another write of the same object was going on; too many requests. */
const PASSING = new Set([409, 429])
const SERVER_ERROR = 500

/** The HTTP status behind an error of the client; null when no answer came. */
export function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('$metadata' in error)) return null
  const metadata: unknown = error.$metadata
  if (typeof metadata !== 'object' || metadata === null) return null
  const status: unknown = Reflect.get(metadata, 'httpStatusCode')
  return typeof status === 'number' ? status : null
}

/** A Fault that says what is wrong and where to look, and holds no secret. */
export function s3Fault(
  error: unknown,
  { bucket, endpoint }: { readonly bucket: string; readonly endpoint: string | undefined },
): S3Fault {
  const name = error instanceof Error ? error.name : 'unknown'
  const status = statusOf(error)
  if (CREDENTIALS.has(name) || status === FORBIDDEN) {
    const cure = 'check S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY and what they may do'
    return new S3Fault(`the object store refused our credentials (${name}): ${cure}`, false)
  }
  if (name === 'NoSuchBucket') {
    return new S3Fault(`the object store has no bucket ${bucket}: check OBJECT_STORE`, false)
  }
  if (status === null) {
    const where = endpoint === undefined ? '' : ` at ${new URL(endpoint).host}`
    return new S3Fault(`the object store${where} cannot be reached (${codeOf(error)})`, true)
  }
  const isPassing = status >= SERVER_ERROR || PASSING.has(status)
  return new S3Fault(`the object store refused: ${name} (HTTP ${status})`, isPassing)
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const code: unknown = Reflect.get(error, 'code')
  return typeof code === 'string' ? code : error.name
}
