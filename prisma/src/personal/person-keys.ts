import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { link, open, readFile, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '@visavis/contract/errors'
import {
  makeFolder,
  partName,
  syncFolder,
  writePrivate,
} from '@visavis/platform/object-store/durable'

/** Where persons' keys lie, and what they are sealed under. */
export type PersonKeysPlace = {
  /** Absolute path of a folder outside of the database and of its backups. */
  readonly folder: string
  /** 64 hex digits. */
  readonly rootKey: string
}

/** The keys (32 bytes) of people's personal fields, one file each: whoever destroys the file erases the person. */
export type PersonKeys = {
  /** Null: it was destroyed. A Fault when there never was one, the folder is missing, or a byte is another. */
  readonly open: (ownerId: string) => Promise<Buffer | null>
  /** Makes it if it is the first; durable when it resolves. A Fault when it was destroyed. */
  readonly provide: (ownerId: string) => Promise<Buffer>
  /** For good, and durable when it resolves; again is harmless. Other processes forget it in {@link KEPT_MS}. */
  readonly destroy: (ownerId: string) => Promise<void>
}

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
/** As NIST SP 800-38D wants it for GCM. */
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** The first byte of a file: which of our forms it has. */
const FORM = 1
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES
const PRIVATE_FILE = 0o600
const ROOT_KEY_FORM = /^[0-9a-f]{64}$/i
/** So long a key is kept in memory: what another process destroys is readable no longer than that. */
const KEPT_MS = 60_000
/** A facility's people several times over, in a few megabytes. */
const MOST_KEPT = 20_000

/** Files `<two digits>/<ownerId>.key`, and `<ownerId>.erased` where one was destroyed. */
export function createPersonKeys({ folder, rootKey }: PersonKeysPlace): PersonKeys {
  const files = createKeyFiles({ folder, rootKey })
  const kept = createKept()
  return {
    open: (ownerId) => kept.of(ownerId, () => files.read(ownerId)),
    provide: async (ownerId) => {
      const key = await kept.of(ownerId, () => files.provide(ownerId))
      if (key === null) throw new Fault('personal fields of an erased person cannot be written')
      return key
    },
    destroy: async (ownerId) => {
      kept.forget(ownerId)
      await files.destroy(ownerId)
      kept.forget(ownerId)
    },
  }
}

type Kept = { readonly key: Promise<Buffer | null>; readonly until: number }

function createKept() {
  const kept = new Map<string, Kept>()
  return {
    forget: (ownerId: string) => void kept.delete(ownerId),
    of: (ownerId: string, read: () => Promise<Buffer | null>): Promise<Buffer | null> => {
      const known = kept.get(ownerId)
      if (known && known.until > performance.now()) return known.key
      const key = read()
      kept.delete(ownerId)
      kept.set(ownerId, { key, until: performance.now() + KEPT_MS })
      const [oldest] = kept.keys()
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
      key.catch(() => kept.delete(ownerId))
      return key
    },
  }
}

function createKeyFiles({ folder, rootKey }: PersonKeysPlace) {
  if (!ROOT_KEY_FORM.test(rootKey)) throw new Fault('the root key is not 64 hex digits')
  const root = rootOf(rootKey)
  // The last digits are random in every form of id that we have; the first ones are a time.
  const folderOf = (ownerId: string) => join(folder, ownerId.slice(-2))
  const keyFile = (ownerId: string) => join(folderOf(ownerId), `${ownerId}.key`)
  const erasedFile = (ownerId: string) => join(folderOf(ownerId), `${ownerId}.erased`)

  const readOr = async (ownerId: string, orElse: () => Promise<Buffer | null>) => {
    const sealed = await readIfThere(keyFile(ownerId))
    if (sealed) return unseal(root, ownerId, sealed)
    if (await readIfThere(erasedFile(ownerId))) return null
    return orElse()
  }
  return {
    read: (ownerId: string) => readOr(ownerId, () => missing(folder)),
    provide: (ownerId: string) =>
      readOr(ownerId, async () => {
        const sealed = seal(root, ownerId, randomBytes(KEY_BYTES))
        await makeFolder(folderOf(ownerId), 0o700)
        await putIfNew(keyFile(ownerId), sealed)
        await syncFolder(folderOf(ownerId))
        // Whoever was first: of several who make one at the same time, all get the same.
        return readOr(ownerId, () => missing(folder))
      }),
    destroy: async (ownerId: string) => {
      const isMarked = (await readIfThere(erasedFile(ownerId))) !== null
      if (isMarked && (await readIfThere(keyFile(ownerId))) === null) return
      // First of all, so that nobody makes another key for who is erased.
      await writePrivate(erasedFile(ownerId), Buffer.of(FORM))
      await overwriteAndUnlink(keyFile(ownerId))
      await syncFolder(folderOf(ownerId))
    },
  }
}

const rootOf = (rootKey: string): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(rootKey, 'hex'), '', 'visavis person keys', KEY_BYTES))

function seal(root: Buffer, ownerId: string, key: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, root, nonce).setAAD(Buffer.from(ownerId))
  const sealed = Buffer.concat([cipher.update(key), cipher.final()])
  return Buffer.concat([Buffer.of(FORM), nonce, cipher.getAuthTag(), sealed])
}

function unseal(root: Buffer, ownerId: string, sealed: Buffer): Buffer {
  const wrong = 'the key of a person is not what was sealed, or KEY_ROOT is another'
  if (sealed.length !== HEAD_BYTES + KEY_BYTES || sealed[0] !== FORM) throw new Fault(wrong)
  const opener = createDecipheriv(CIPHER, root, sealed.subarray(1, 1 + NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  try {
    opener.setAAD(Buffer.from(ownerId)).setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEAD_BYTES))
    return Buffer.concat([opener.update(sealed.subarray(HEAD_BYTES)), opener.final()])
  } catch (cause) {
    throw new Fault(wrong, { cause })
  }
}

/** A disk that is not there, or a backup without its keys, erases nobody. */
async function missing(folder: string): Promise<never> {
  await readdir(folder).catch((cause: unknown) => {
    throw new Fault('the folder of people’s keys (PERSON_KEYS_DIR) is not there', { cause })
  })
  throw new Fault('the key of a person is not in PERSON_KEYS_DIR: bring back its backup')
}

/** Whole or not at all; what is there already stays. */
async function putIfNew(path: string, bytes: Buffer): Promise<void> {
  const part = partName(`${path}.${randomBytes(8).toString('hex')}`)
  const file = await open(part, 'wx', PRIVATE_FILE)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    await link(part, path)
  } catch (error) {
    unless('EEXIST', error)
  } finally {
    await unlink(part)
  }
}

async function overwriteAndUnlink(path: string): Promise<void> {
  try {
    const file = await open(path, 'r+')
    try {
      const { size } = await file.stat()
      await file.write(randomBytes(size), 0, size, 0)
      await file.sync()
    } finally {
      await file.close()
    }
    await unlink(path)
  } catch (error) {
    unless('ENOENT', error)
  }
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    unless('ENOENT', error)
    return null
  }
}

function unless(code: string, error: unknown): void {
  if (error instanceof Error && 'code' in error && error.code === code) return
  throw error
}
