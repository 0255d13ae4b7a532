import { accessSync, constants } from 'node:fs'
import { z } from 'zod'
import { signingKeyOf } from './platform/signing-key.ts'

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])
/** 256 bits: the whole strength of AES-256. */
const KEY_FORM = /^[0-9a-f]{64}$/i

export const ReadableFile = z
  .string()
  .refine(isReadable, 'cannot be read: give the path of a PEM file')

export const Key = z
  .string('is missing: `npm start` makes one; in production set what `openssl rand -hex 32` prints')
  .regex(KEY_FORM, 'must be 64 hex digits; make one with `openssl rand -hex 32`')

export const Origin = z
  .url({ protocol: /^https?$/, error: 'must be an origin like https://visits.example.org' })
  .transform((text) => text.replace(/\/$/, ''))
  .refine((text) => new URL(text).origin === text, 'must be an origin only, without a path')
  .refine(
    (text) => text.startsWith('https:') || isLoopback(text),
    'must begin with https:// (browsers give no camera to a plain page of another host than localhost)',
  )

export const CertificateKey = z
  .string(
    'is missing: `npm start` makes one; in production set what `openssl genpkey -algorithm ed25519` prints',
  )
  .refine(
    (text) => signingKeyOf(text) !== null,
    'must be an Ed25519 private key (PEM); make one with `openssl genpkey -algorithm ed25519`',
  )

/** A folder, or a bucket like OBJECT_STORE's. */
export const ShipTo = z
  .string()
  .regex(/^(\/|s3:\/\/)/, 'must be an absolute path, or s3://bucket or s3://bucket/prefix')

export const Witnesses = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((key) => key !== ''))
  .pipe(
    z.array(
      z
        .string()
        .regex(
          /^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/,
          'must be verifier keys like witness.example.org+1a2b3c4d+BK…, as visavis-witness prints them',
        ),
    ),
  )

export const TsaUrl = z.url({
  protocol: /^https?$/,
  error: 'must be an address like https://tsa.example.org/stamp',
})

export const MailUrl = z.url({
  protocol: /^smtps?$/,
  error: 'must be an address like smtp://user:password@mail.example.org:587',
})

export const SmsUrl = z
  .url({ protocol: /^https?$/, error: 'must be an address like https://sms.example.org/messages' })
  .refine(
    (text) => text.startsWith('https:') || isLoopback(text),
    'must begin with https:// (telephone numbers and the token travel there)',
  )

export const TurnUrls = z
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

/** Such a header from anybody but a trusted proxy is dropped, so there has to be one. */
export const HeaderName = z
  .string()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9-]*$/, 'must be the name of a header, like Client-Cert')

export const ProxyList = z.string().transform((text) => text.split(',').map((one) => one.trim()))

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
