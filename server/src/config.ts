import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ObjectStoreConfig } from '@visavis/platform/object-store/index'
import {
  CertificateKey,
  HeaderName,
  Key,
  MailUrl,
  Origin,
  ProxyList,
  ReadableFile,
  ShipTo,
  SmsUrl,
  TsaUrl,
  TurnUrls,
  Witnesses,
} from './config-shapes.ts'
import type { TurnConfig } from './platform/turn.ts'
import { ControlUrls, LogLevel, Port, Secret, parseConfig } from '@visavis/platform/config'

export { isLoopback } from './config-shapes.ts'

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
  /** 64 hex digits: what the files in `keysDir` and `personKeysDir` are sealed under. */
  readonly keyRoot: string
  /** Absolute path of the folder with a key for each person (docs/privacy.md): in no backup of the database. */
  readonly personKeysDir: string
  /** Absolute path of the folder with visitors' encrypted documents. */
  readonly documentsDir: string
  /** 64 hex digits: what every document's own key is derived from. */
  readonly documentKey: string
  /** Ed25519 private key, PEM or base64 of its PKCS #8: signs certificates of visits (OV-8). */
  readonly certificateKey: string
  readonly audit: AuditConfig
  readonly mail: MailConfig
  /** Absolute path of the folder for mails and text messages that are not really sent. */
  readonly mailDir: string
  /** The relay for browsers in strict networks; null: they reach the media nodes or nothing. */
  readonly turn: TurnConfig | null
  /** Null: nobody is sent text messages. */
  readonly sms: SmsConfig | null
  readonly ffmpegPath: string | null
  /** Where figures are read (Prometheus); null: nowhere. Never the public port. */
  readonly metrics: { readonly host: string; readonly port: number } | null
  readonly logLevel: string
  readonly isProduction: boolean
  /** Staff sign in by passkey; or, where the product is only shown, by their given passwords. */
  readonly staffSignIn: 'passkey' | 'demo'
  /** Addresses of proxies whose word on a client's address counts; empty: nobody's. */
  readonly trustedProxies: readonly string[]
  /** The header in which a trusted proxy hands on terminals' client certificates, in small letters; null: none. */
  readonly terminalCertHeader: string | null
}

/** How the audit log is kept from being rewritten (TR-2). */
export type AuditConfig = {
  /** Absolute path of the PEM with the Ed25519 key of checkpoints: a file of its own, outside of the database. */
  readonly keyFile: string
  /** Checkpoints' second place: a folder or a bucket; null: none. */
  readonly ship: (ObjectStoreConfig & { readonly RECORDINGS_DIR: string }) | null
  /** Keys of the witnesses whose lines are kept (C2SP vkey). */
  readonly witnesses: readonly string[]
  /** A time-stamp authority (RFC 3161); null: none. */
  readonly tsaUrl: string | null
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
const EMBEDDED_STORE = fileURLToPath(new URL('../../recordings/data', import.meta.url))
const EMBEDDED_KEYS = fileURLToPath(new URL('../../.visavis/keys', import.meta.url))
const EMBEDDED_PERSON_KEYS = fileURLToPath(new URL('../../.visavis/person-keys', import.meta.url))
const EMBEDDED_DOCUMENTS = fileURLToPath(
  new URL('../../recordings/data/documents', import.meta.url),
)
const EMBEDDED_AUDIT_KEY = fileURLToPath(new URL('../../.visavis/audit-key.pem', import.meta.url))
const EMBEDDED_MAIL = fileURLToPath(new URL('../../.visavis/mail', import.meta.url))

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
    PERSON_KEYS_DIR: z.string().default(EMBEDDED_PERSON_KEYS),
    ...ObjectStoreConfig.shape,
    CERTIFICATE_KEY: CertificateKey,
    AUDIT_KEY_FILE: z.string().default(EMBEDDED_AUDIT_KEY),
    AUDIT_SHIP_DIR: ShipTo.optional(),
    AUDIT_WITNESSES: Witnesses.optional(),
    AUDIT_TSA_URL: TsaUrl.optional(),
    MAIL_URL: MailUrl.optional(),
    MAIL_FROM: z.email('must be an address like no-reply@visits.example.org').optional(),
    MAIL_DIR: z.string().default(EMBEDDED_MAIL),
    SMS_URL: SmsUrl.optional(),
    SMS_TOKEN: z.string().optional(),
    TURN_URLS: TurnUrls.optional(),
    TURN_SECRET: Secret.optional(),
    FFMPEG_PATH: z.string().optional(),
    METRICS_HOST: z.string().default('127.0.0.1'),
    METRICS_PORT: Port.optional(),
    LOG_LEVEL: LogLevel.default('info'),
    STAFF_SIGN_IN: z.enum(['passkey', 'demo'], 'must be passkey or demo').optional(),
    TRUSTED_PROXIES: ProxyList.optional(),
    TERMINAL_CERT_HEADER: HeaderName.optional(),
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
  .refine((given) => given.METRICS_PORT === undefined || given.METRICS_PORT !== given.PORT, {
    path: ['METRICS_PORT'],
    message: 'must be another than PORT: figures are never on the public port',
  })
  .refine(isPair('TURN_URLS', 'TURN_SECRET'), {
    path: ['TURN_SECRET'],
    message: 'and TURN_URLS belong together: set both or neither',
    when: () => true,
  })
  .refine(
    (given) => given.TERMINAL_CERT_HEADER === undefined || given.TRUSTED_PROXIES !== undefined,
    {
      path: ['TERMINAL_CERT_HEADER'],
      message: 'needs TRUSTED_PROXIES: from anybody else the header is dropped',
      when: () => true,
    },
  )
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
    personKeysDir: given.PERSON_KEYS_DIR,
    documentsDir: given.DOCUMENTS_DIR,
    documentKey: given.DOCUMENT_KEY,
    certificateKey: given.CERTIFICATE_KEY,
    audit: auditOf(given),
    mail: mailOf(given, publicOrigin),
    mailDir: given.MAIL_DIR,
    turn: turnOf(given),
    sms: smsOf(given),
    ffmpegPath: given.FFMPEG_PATH ?? null,
    metrics: metricsOf(given),
    logLevel: given.LOG_LEVEL,
    isProduction: given.NODE_ENV === 'production',
    staffSignIn: staffSignInOf(given),
    trustedProxies: given.TRUSTED_PROXIES ?? [],
    terminalCertHeader: given.TERMINAL_CERT_HEADER ?? null,
  }
}

type Given = z.output<typeof Environment>

function staffSignInOf({ STAFF_SIGN_IN, NODE_ENV }: Given): ServerConfig['staffSignIn'] {
  return STAFF_SIGN_IN ?? (NODE_ENV === 'production' ? 'passkey' : 'demo')
}

function metricsOf({ METRICS_HOST: host, METRICS_PORT: port }: Given): ServerConfig['metrics'] {
  return port === undefined ? null : { host, port }
}

function objectStoreOf(given: Given): ServerConfig['objectStore'] {
  return { ...ObjectStoreConfig.parse(given), RECORDINGS_DIR: given.RECORDINGS_DIR }
}

function turnOf({ TURN_URLS: urls, TURN_SECRET: secret }: Given): ServerConfig['turn'] {
  return urls && secret ? { urls, secret } : null
}

function auditOf(given: Given): AuditConfig {
  const { AUDIT_KEY_FILE: keyFile, AUDIT_SHIP_DIR: place } = given
  const isBucket = place?.startsWith('s3:') ?? false
  const ship =
    place === undefined
      ? null
      : {
          ...ObjectStoreConfig.parse({ ...given, OBJECT_STORE: isBucket ? place : 'folder' }),
          RECORDINGS_DIR: place,
        }
  return {
    keyFile,
    ship,
    witnesses: given.AUDIT_WITNESSES ?? [],
    tsaUrl: given.AUDIT_TSA_URL ?? null,
  }
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

function isPair(one: string, other: string): (given: unknown) => boolean {
  return (given) => typeof given !== 'object' || given === null || one in given === other in given
}
