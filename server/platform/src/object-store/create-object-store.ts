import { z } from 'zod'
import { ConfigFaults } from '../config.ts'
import { createFolderStore } from './folder-store.ts'
import type { ObjectStore } from './object-store.ts'
import { createS3Store } from './s3-store.ts'

const FOLDER = 'folder'
const BUCKET = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w.-]+)*$/

/** Where recordings lie, from the environment of recorder and server alike; spread its `shape` into theirs. */
export const ObjectStoreConfig = z.object({
  OBJECT_STORE: z
    .union(
      [z.literal(FOLDER), z.string().regex(BUCKET)],
      'must be folder, or s3://bucket or s3://bucket/prefix',
    )
    .default(FOLDER),
  S3_ENDPOINT: z.url('must be an address like https://s3.example.org').optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
})
export type ObjectStoreConfig = z.output<typeof ObjectStoreConfig>

/**
 * The store that the environment names: the folder RECORDINGS_DIR, or a bucket. Throws {@link ConfigFaults} when
 * only half of the bucket's credentials are given; without any, those of the machine are used.
 */
export function createObjectStore(
  config: ObjectStoreConfig & { readonly RECORDINGS_DIR: string },
): ObjectStore & { readonly close: () => void } {
  if (config.OBJECT_STORE === FOLDER) {
    return { ...createFolderStore(config.RECORDINGS_DIR), close: () => undefined }
  }
  const { hostname: bucket, pathname } = new URL(config.OBJECT_STORE)
  return createS3Store({
    bucket,
    prefix: pathname.slice(1),
    endpoint: config.S3_ENDPOINT,
    region: config.S3_REGION,
    credentials: credentialsOf(config),
  })
}

function credentialsOf({ S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY }: ObjectStoreConfig) {
  if (S3_ACCESS_KEY_ID === undefined && S3_SECRET_ACCESS_KEY === undefined) return undefined
  if (S3_ACCESS_KEY_ID === undefined || S3_SECRET_ACCESS_KEY === undefined) {
    throw new ConfigFaults([
      'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY go together: one is missing',
    ])
  }
  return { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY }
}
