import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3'
import { Fault, panic } from '@visavis/contract/errors'
import { sha256OfFile } from './file-hash.ts'
import { isObjectKey } from './object-store.ts'
import type { ObjectStore } from './object-store.ts'
import { S3Fault, s3Fault, statusOf } from './s3-faults.ts'

export type S3Options = {
  readonly bucket: string
  /** What every key begins with, without a slash at its end; may be empty. */
  readonly prefix: string
  /** Another than Amazon's. */
  readonly endpoint: string | undefined
  readonly region: string
  /** Those of the machine when not given. */
  readonly credentials: { accessKeyId: string; secretAccessKey: string } | undefined
}

const CONNECT_WITHIN_MS = 5_000
/** Without a byte for so long, the store is given up; milliseconds. */
const SILENT_AT_MOST_MS = 60_000
/** Each request, the first try with it. */
const TRIES = 4
/** Before the second try; doubled each time. Milliseconds. */
const PAUSE_MS = 250
/** The most that one request may put; a day of the best picture. */
const MAX_PUT_BYTES = 5 * 1024 ** 3
const NOT_FOUND = 404
const NOT_SATISFIABLE = 416
const PRECONDITION_FAILED = 412
const nothing = (): void => undefined
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing }
/** What this object's content was when it was put, in its metadata. */
const HASH = 'sha256'

/** Keeps objects in an S3-compatible bucket, addressed by path. `close` ends its connections. */
export function createS3Store(options: S3Options): ObjectStore & { readonly close: () => void } {
  const client = createClient(options)
  const bucket: Bucket = { client, ...options }
  return {
    put: (key, localFile) => put(bucket, key, localFile),
    sizeOf: async (key) => (await headOf(bucket, key))?.bytes ?? null,
    stream: (key, { start, end }) => open(bucket, key, { start, end }),
    async readAt(key, start, end) {
      if (end < start) return Buffer.alloc(0)
      return again(bucket, async () => {
        const bytes = await open(bucket, key, { start, end })
        if (bytes === null) throw new Fault('the object store has no such object')
        return buffer(bytes)
      })
    },
    async remove(key) {
      if (!isObjectKey(key)) return
      await ask(bucket, () => client.send(new DeleteObjectCommand(placeOf(bucket, key))))
    },
    list: (prefix) => ask(bucket, () => list(bucket, prefix)),
    close: () => client.destroy(),
  }
}

type Bucket = S3Options & { readonly client: S3Client }

function createClient({ endpoint, region, credentials }: S3Options): S3Client {
  return new S3Client({
    region,
    forcePathStyle: true,
    maxAttempts: TRIES,
    // Files are hashed whole before they are sent, which every S3-compatible store checks.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // What it would warn of is tried again or told as a Fault.
    logger: SILENT,
    requestHandler: { connectionTimeout: CONNECT_WITHIN_MS, requestTimeout: SILENT_AT_MOST_MS },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  })
}

function fullKey({ prefix }: Bucket, key: string): string {
  return prefix === '' ? key : `${prefix}/${key}`
}

function placeOf(bucket: Bucket, key: string) {
  return { Bucket: bucket.bucket, Key: fullKey(bucket, key) }
}

async function ask<Result>(bucket: Bucket, request: () => Promise<Result>): Promise<Result> {
  return request().catch((error: unknown) => {
    throw faultOf(error, bucket)
  })
}

/** For what moves an object's bytes: the client itself tries only what comes before them. */
async function again<Result>(bucket: Bucket, work: () => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work()
    } catch (error) {
      const fault = faultOf(error, bucket)
      if (!(fault instanceof S3Fault && fault.isPassing) || tried === TRIES) throw fault
      await pause(PAUSE_MS * 2 ** (tried - 1))
    }
  }
}

function faultOf(error: unknown, bucket: Bucket): Fault {
  return error instanceof Fault ? error : s3Fault(error, bucket)
}

async function headOf(
  bucket: Bucket,
  key: string,
): Promise<{ bytes: number; sha256: string | undefined } | null> {
  if (!isObjectKey(key)) return null
  return ask(bucket, async () => {
    try {
      const head = await bucket.client.send(new HeadObjectCommand(placeOf(bucket, key)))
      return { bytes: head.ContentLength ?? 0, sha256: head.Metadata?.[HASH] }
    } catch (error) {
      if (statusOf(error) === NOT_FOUND) return null
      throw error
    }
  })
}

async function open(
  bucket: Bucket,
  key: string,
  { start, end }: { start: number; end: number },
): Promise<Readable | null> {
  if (!isObjectKey(key)) return null
  return ask(bucket, async () => {
    try {
      const command = new GetObjectCommand({
        ...placeOf(bucket, key),
        Range: `bytes=${start}-${end}`,
      })
      const { Body } = await bucket.client.send(command)
      return Body instanceof Readable ? Body : null
    } catch (error) {
      if (statusOf(error) === NOT_FOUND) return null
      if (statusOf(error) === NOT_SATISFIABLE) return Readable.from([])
      throw error
    }
  })
}

async function put(bucket: Bucket, key: string, localFile: string): Promise<void> {
  if (!isObjectKey(key)) panic('an object key points out of the store')
  const sha256 = await sha256OfFile(localFile)
  const { size } = await stat(localFile)
  if (size > MAX_PUT_BYTES) throw new Fault('the file is too long for one object')
  const isThere = async (): Promise<boolean> => {
    const there = await headOf(bucket, key)
    if (there === null || there.sha256 === sha256) return there !== null
    throw new Fault('the object store has another object under this key')
  }
  if (!(await isThere())) {
    await again(bucket, async () => {
      const isTaken = await upload(bucket, key, { localFile, sha256, size })
      // An earlier try came through though its answer did not, or somebody else was quicker.
      if (!isTaken && !(await isThere()))
        throw new S3Fault('the object store changed its mind', true)
    })
  }
  await rm(localFile)
}

type Upload = { readonly localFile: string; readonly sha256: string; readonly size: number }

/** False when there is an object under this key by now. */
async function upload(
  bucket: Bucket,
  key: string,
  { localFile, sha256, size }: Upload,
): Promise<boolean> {
  const command = new PutObjectCommand({
    ...placeOf(bucket, key),
    Body: createReadStream(localFile),
    ContentLength: size,
    ContentType: 'application/octet-stream',
    ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
    IfNoneMatch: '*',
    Metadata: { [HASH]: sha256 },
  })
  signContent(command, sha256)
  try {
    await bucket.client.send(command)
    return true
  } catch (error) {
    if (statusOf(error) === PRECONDITION_FAILED) return false
    throw error
  }
}

/** Puts the content's hash under the signature: a store that follows the protocol refuses any other content. */
function signContent(command: PutObjectCommand, sha256: string): void {
  command.middlewareStack.add(
    (next) => (args) => {
      const { request } = args
      if (typeof request === 'object' && request !== null && 'headers' in request) {
        Object.assign(request.headers ?? {}, { 'x-amz-content-sha256': sha256 })
      }
      return next(args)
    },
    { step: 'build', name: 'visavisContentHash' },
  )
}

async function list(bucket: Bucket, prefix: string): Promise<string[]> {
  const keys: string[] = []
  const whole = fullKey(bucket, prefix)
  const skipped = whole.length - prefix.length
  const pages = paginateListObjectsV2(
    { client: bucket.client },
    { Bucket: bucket.bucket, Prefix: whole },
  )
  for await (const { Contents = [] } of pages) {
    for (const { Key } of Contents) if (Key !== undefined) keys.push(Key.slice(skipped))
  }
  return keys.sort()
}
