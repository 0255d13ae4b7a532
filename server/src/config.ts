import { accessSync, constants } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ObjectStoreConfig } from '@visavis/platform/object-store/index'
import { signingKeyOf } from './platform/signing-key.ts'
import type { TurnConfig } from './platform/turn.ts'
import { ControlUrls, LogLevel, Port, Secret, parseConfig } from '@visavis/platform/config'

/** Everything the server is told from outside, in its final form. */
export type ServerConfig = {
  readonly host: string
  readonly port: number
  /** The one origin that browsers see, without a trailing slash. */
  readonly publicOrigin: string
  /** Browsers reach us over HTTPS, here or at a proxy in front: cookies are `__Host-`, HSTS is on. */
  readonly isSecure: boolean
  /** Files of the certificate this process serves itself; null behind a proxy and on plain localhost. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null
  readonly databaseUrl: string
  readonly controlSecret: string
  readonly grantSecret: string
  readonly mediaNodes: readonly string[]
  readonly recorders: readonly string[]
  /** Absolute path of the object store's folder, where it is one. */
  readonly recordingsDir: string
  /** Where recordings lie: the folder RECORDINGS_DIR, or a bucket. */
  readonly objectStore: ObjectStoreConfig & { readonly RECORDINGS_DIR: string }
  /** Absolute path of the folder with the months' keys (RC-7): in no backup of the database. */
  readonly keysDir: string
  /** 64 hex digits: what the files in `keysDir` are sealed under. */
  readonly keyRoot: string
  /** Absolute path of the folder with visitors' encrypted documents. */
  readonly documentsDir: string
  /** 64 hex digits: what every document's own key is derived from. */
  readonly documentKey: string
  /** Ed25519 private key, PEM or base64 of its PKCS #8: signs certificates of visits (OV-8). */
  readonly certificateKey: string
  readonly mail: MailConfig
  /** Absolute path of the folder for mails and text messages that are not really sent. */
  readonly mailDir: string
  /** The relay for browsers in strict networks; null: they reach the media nodes or nothing. */
  readonly turn: TurnConfig | null
  /** Null: nobody is sent text messages. */
  readonly sms: SmsConfig | null
  readonly ffmpegPath: string | null
  readonly logLevel: string
  readonly isProduction: boolean
}

/** Where mails go, and which address they come from. */
export type MailConfig =
  | { readonly kind: 'smtp'; readonly url: string; readonly from: string }
  | { readonly kind: 'folder'; readonly from: string }

/** Where text messages go. */
export type SmsConfig =
  | { readonly kind: 'gateway'; readonly url: string; readonly token: string }
  | { readonly kind: 'folder' }

const DEFAULT_PORT = 3000
const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])
const EMBEDDED_STORE = fileURLToPath(new URL('../../recordings/data', import.meta.url))
const EMBEDDED_KEYS = fileURLToPath(new URL('../../.visavis/keys', import.meta.url))
const EMBEDDED_DOCUMENTS = fileURLToPath(
  new URL('../../recordings/data/documents', import.meta.url),
)
const EMBEDDED_MAIL = fileURLToPath(new URL('../../.visavis/mail', import.meta.url))
/** 256 bits: the whole strength of AES-256. */
const KEY_FORM = /^[0-9a-f]{64}$/i

const ReadableFile = z.string().refine(isReadable, 'cannot be read: give the path of a PEM file')

const Key = z
  .string('is missing: `npm start` makes one; in production set what `openssl rand -hex 32` prints')
  .regex(KEY_FORM, 'must be 64 hex digits; make one with `openssl rand -hex 32`')

const Origin = z
  .url({ protocol: /^https?$/, error: 'must be an origin like https://visits.example.org' })
  .transform((text) => text.replace(/\/$/, ''))
  .refine((text) => new URL(text).origin === text, 'must be an origin only, without a path')
  .refine(
    (text) => text.startsWith('https:') || isLoopback(text),
    'must begin with https:// (browsers give no camera to a plain page of another host than localhost)',
  )

const CertificateKey = z
  .string(
    'is missing: `npm start` makes one; in production set what `openssl genpkey -algorithm ed25519` prints',
  )
  .refine(
    (text) => signingKeyOf(text) !== null,
    'must be an Ed25519 private key (PEM); make one with `openssl genpkey -algorithm ed25519`',
  )

const MailUrl = z.url({
  protocol: /^smtps?$/,
  error: 'must be an address like smtp://user:password@mail.example.org:587',
})

const SmsUrl = z
  .url({ protocol: /^https?$/, error: 'must be an address like https://sms.example.org/messages' })
  .refine(
    (text) => text.startsWith('https:') || isLoopback(text),
    'must begin with https:// (telephone numbers and the token travel there)',
  )

const TurnUrls = z
  .string()
  .transform((text) => text.split(',').map((url) => url.trim()))
  .pipe(
    z
      .array(
        z
          .string()
          .regex(
            /^turns?:[^\s/]+$/,
            'must be addresses like turns:turn.example.org:443?transport=tcp',
          ),
      )
      .min(1)
      .max(4),
  )

const Environment = z
  .object({
    HOST: z.string().default('127.0.0.1'),
    PORT: Port.default(DEFAULT_PORT),
    PUBLIC_ORIGIN: Origin.optional(),
    TLS_CERT_FILE: ReadableFile.optional(),
    TLS_KEY_FILE: ReadableFile.optional(),
    DATABASE_URL: z.url({
      protocol: /^postgres(ql)?$/,
      error: 'must be an address like postgresql://user:password@host:5432/database',
    }),
    CONTROL_SECRET: Secret,
    GRANT_SECRET: Secret,
    MEDIA_NODES: ControlUrls,
    RECORDERS: ControlUrls,
    RECORDINGS_DIR: z.string().default(EMBEDDED_STORE),
    DOCUMENTS_DIR: z.string().default(EMBEDDED_DOCUMENTS),
    DOCUMENT_KEY: Key,
    KEYS_DIR: z.string().default(EMBEDDED_KEYS),
    KEY_ROOT: Key,
    ...ObjectStoreConfig.shape,
    CERTIFICATE_KEY: CertificateKey,
    MAIL_URL: MailUrl.optional(),
    MAIL_FROM: z.email('must be an address like no-reply@visits.example.org').optional(),
    MAIL_DIR: z.string().default(EMBEDDED_MAIL),
    SMS_URL: SmsUrl.optional(),
    SMS_TOKEN: z.string().optional(),
    TURN_URLS: TurnUrls.optional(),
    TURN_SECRET: Secret.optional(),
    FFMPEG_PATH: z.string().optional(),
    LOG_LEVEL: LogLevel.default('info'),
    NODE_ENV: z
      .enum(['development', 'test', 'production'], 'must be development, test or production')
      .default('development'),
  })
  // `when`: checked even beside other faults, so that all of them are listed at once.
  .refine(isPair('TLS_CERT_FILE', 'TLS_KEY_FILE'), {
    path: ['TLS_KEY_FILE'],
    message: 'and TLS_CERT_FILE belong together: set both or neither',
    when: () => true,
  })
  .refine(isPair('TURN_URLS', 'TURN_SECRET'), {
    path: ['TURN_SECRET'],
    message: 'and TURN_URLS belong together: set both or neither',
    when: () => true,
  })
  .refine(isPair('SMS_URL', 'SMS_TOKEN'), {
    path: ['SMS_TOKEN'],
    message: 'and SMS_URL belong together: set both or neither',
    when: () => true,
  })

/** Reads the environment of the server process; throws `ConfigFaults` with every fault in it. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ServerConfig {
  const given = parseConfig(Environment, env)
  const tls =
    given.TLS_CERT_FILE !== undefined && given.TLS_KEY_FILE !== undefined
      ? { certFile: given.TLS_CERT_FILE, keyFile: given.TLS_KEY_FILE }
      : null
  const publicOrigin =
    given.PUBLIC_ORIGIN ?? `${tls === null ? 'http' : 'https'}://localhost:${given.PORT}`
  return {
    host: given.HOST,
    port: given.PORT,
    publicOrigin,
    isSecure: publicOrigin.startsWith('https:'),
    tls,
    databaseUrl: given.DATABASE_URL,
    controlSecret: given.CONTROL_SECRET,
    grantSecret: given.GRANT_SECRET,
    mediaNodes: given.MEDIA_NODES,
    recorders: given.RECORDERS,
    recordingsDir: given.RECORDINGS_DIR,
    objectStore: objectStoreOf(given),
    keysDir: given.KEYS_DIR,
    keyRoot: given.KEY_ROOT,
    documentsDir: given.DOCUMENTS_DIR,
    documentKey: given.DOCUMENT_KEY,
    certificateKey: given.CERTIFICATE_KEY,
    mail: mailOf(given, publicOrigin),
    mailDir: given.MAIL_DIR,
    turn:
      given.TURN_URLS && given.TURN_SECRET
        ? { urls: given.TURN_URLS, secret: given.TURN_SECRET }
        : null,
    sms: smsOf(given),
    ffmpegPath: given.FFMPEG_PATH ?? null,
    logLevel: given.LOG_LEVEL,
    isProduction: given.NODE_ENV === 'production',
  }
}

type Given = z.output<typeof Environment>

function objectStoreOf(given: Given): ServerConfig['objectStore'] {
  return { ...ObjectStoreConfig.parse(given), RECORDINGS_DIR: given.RECORDINGS_DIR }
}

function mailOf({ MAIL_URL: url, MAIL_FROM }: Given, origin: string): MailConfig {
  const from = MAIL_FROM ?? `no-reply@${new URL(origin).hostname}`
  return url === undefined ? { kind: 'folder', from } : { kind: 'smtp', url, from }
}

// In production no folder pretends to be a telephone: without a gateway, people get mails only.
function smsOf({ SMS_URL: url, SMS_TOKEN: token, NODE_ENV }: Given): SmsConfig | null {
  if (url !== undefined && token !== undefined) return { kind: 'gateway', url, token }
  return NODE_ENV === 'production' ? null : { kind: 'folder' }
}

/** Whether a page of that origin runs on this very machine. */
export function isLoopback(origin: string): boolean {
  return URL.canParse(origin) && LOOPBACK_HOSTS.has(new URL(origin).hostname)
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}

function isPair(one: string, other: string): (given: unknown) => boolean {
  return (given) => typeof given !== 'object' || given === null || one in given === other in given
}
