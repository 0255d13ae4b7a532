import { Fault, Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import { newId } from '../../platform/ids.ts'
import { createTransact } from '../../platform/transact.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import { createKekFiles } from './kek-files.ts'
import type { KekFiles, KekName } from './kek-files.ts'
import type { HELD } from './key-month-rules.ts'
import { keyMonthOf, monthOf } from './key-month-rules.ts'
import { newKey, unwrapKey, wrapKey } from './key-wrap.ts'
import { createKeysRepo } from './keys.repo.ts'
import type { KeysRepo } from './keys.repo.ts'

/** A key as it is stored: wrapped, under the key of a facility's month. */
export type WrappedKey = {
  readonly kekId: string
  readonly wrapped: Uint8Array<ArrayBuffer>
}

/** A stored key of a recording, derivative or export, by that thing's id and its facility's. */
export type StoredKey = WrappedKey & {
  readonly objectId: string
  readonly facilityId: string
}

/**
 * The keys of recordings, of copies and of exports (RC-7). Each is wrapped under a key of its facility and
 * of the month of its destruction, which is a file in KEYS_DIR and never in the database. Whoever opens a
 * key writes the audit entry before. The caller stores what it is given.
 */
export type RecordingKeys = {
  /** A new key (32 bytes) and its wrapped form. Makes the month's key if there is none yet. */
  readonly create: (
    tx: Tx,
    object: {
      readonly objectId: string
      readonly facilityId: string
      readonly destroyAfter: Date
    },
  ) => Promise<WrappedKey & { readonly key: Uint8Array<ArrayBuffer> }>
  /**
   * The key (32 bytes). Refuses RECORDING_DESTROYED when the month's key is gone; a Fault when the stored
   * key is not the one that was wrapped for this object, or KEYS_DIR is not there.
   */
  readonly open: (stored: StoredKey) => Promise<Uint8Array<ArrayBuffer>>
  /** The same key under another month's, or under the facility's `held`; refuses and fails as `open` does. */
  readonly rewrap: (
    tx: Tx,
    stored: StoredKey & { readonly to: Date | typeof HELD },
  ) => Promise<WrappedKey>
  /**
   * Destroys the keys of the months before that of `now`, and `held` ones that wrap nothing any more. A month
   * stays as long as something in it is under a legal hold, or a recording in it is to be kept until now or
   * later. Answers the ids (`kekId`) of what was destroyed now. Safe to run twice, and at any moment of a crash.
   */
  readonly destroyMonthsBefore: (now: Date) => Promise<string[]>
}

type Deps = {
  readonly db: Database
  /** Absolute path of the folder. */
  readonly keysDir: string
  /** 64 hex digits: what the files in it are sealed under. */
  readonly rootKey: string
  readonly clock: Clock
}

type Inside = {
  readonly repo: KeysRepo
  readonly files: KekFiles
  readonly transact: Transact
  readonly clock: Clock
}

export function createRecordingKeys({ db, keysDir, rootKey, clock }: Deps): RecordingKeys {
  const inside: Inside = {
    repo: createKeysRepo(db),
    transact: createTransact(db),
    files: createKekFiles(keysDir, rootKey),
    clock,
  }
  return {
    async create(tx, { objectId, facilityId, destroyAfter }) {
      const key = newKey()
      return { key, ...(await wrap(inside, tx, { key, objectId, facilityId, to: destroyAfter })) }
    },
    open: (stored) => openStored(inside, db, stored),
    async rewrap(tx, { to, ...stored }) {
      // In the caller's transaction: who waits for a second connection inside of one may wait for ever.
      const key = await openStored(inside, tx, stored)
      const { objectId, facilityId } = stored
      const wrapped = await wrap(inside, tx, { key, objectId, facilityId, to })
      key.fill(0)
      return wrapped
    },
    destroyMonthsBefore: (now) => destroyMonths(inside, now),
  }
}

async function openStored({ repo, files }: Inside, on: Database | Tx, stored: StoredKey) {
  const { objectId, facilityId, kekId, wrapped } = stored
  const name = await repo.find(on, kekId)
  if (name && name.facilityId !== facilityId) throw new Fault('a key is of another facility')
  const kek = name && name.destroyedAt === null ? await files.get(name) : null
  if (!kek) throw new Refusal('RECORDING_DESTROYED')
  const key = unwrapKey(wrapped, {
    under: kek,
    boundTo: bindingOf({ objectId, facilityId, kekId }),
  })
  kek.fill(0)
  if (!key) throw new Fault('a stored key is not the one that was wrapped for this object')
  return key
}

type Wish = {
  readonly key: Uint8Array
  readonly objectId: string
  readonly facilityId: string
  readonly to: Date | typeof HELD
}

async function wrap(inside: Inside, tx: Tx, wish: Wish): Promise<WrappedKey> {
  const { key, objectId, facilityId, to } = wish
  const month = keyMonthOf(to, inside.clock.now())
  const { kekId, kek } = await kekOf(inside, tx, { facilityId, month })
  const boundTo = bindingOf({ objectId, facilityId, kekId })
  const wrapped = wrapKey(key, { under: kek, boundTo })
  kek.fill(0)
  return { kekId, wrapped }
}

/**
 * The month's key, made if it is the first. Its row comes first and its file before the commit: of several
 * who make one at the same time one does, the others wait for it; a row without a file cannot be.
 */
async function kekOf(
  inside: Inside,
  tx: Tx,
  month: { readonly facilityId: string; readonly month: string },
): Promise<{ kekId: string; kek: Uint8Array<ArrayBuffer> }> {
  const { repo, files, clock } = inside
  const standing = await repo.inUse(tx, month)
  if (standing) {
    const kek = await files.get(standing)
    if (!kek) throw new Fault(`the key of the month ${month.month} is not in KEYS_DIR`)
    return { kekId: standing.kekId, kek }
  }
  const name: KekName = { kekId: newId(), ...month }
  if (!(await repo.add(tx, name, clock.now()))) return kekOf(inside, tx, month)
  const kek = newKey()
  await files.put(name, kek)
  return { kekId: name.kekId, kek }
}

/** Marked first: from then on nothing is wrapped under it. A file that outlived a crash goes the next time. */
async function destroyMonths({ repo, files, transact }: Inside, now: Date): Promise<string[]> {
  const marked = await transact((tx) => repo.markDestroyed(tx, monthOf(now), now))
  for (const name of await repo.destroyed()) await files.destroy(name)
  return marked
}

function bindingOf(of: { objectId: string; facilityId: string; kekId: string }): readonly string[] {
  return ['object', of.objectId, of.facilityId, of.kekId]
}
