import { createHash } from 'node:crypto'
import { Refusal } from '@visavis/contract/errors'
import type { DOCUMENT_KINDS } from '@visavis/contract/http'
import { newId } from '../../platform/ids.ts'
import { createSerialQueue } from '../../platform/serial-queue.ts'
import type { Tx } from '../../platform/transact.ts'
import { documentsRepo } from './documents.repo.ts'
import { enter, facilityIdOf } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { keptPicture } from './pictures.ts'
import type { KeptPicture } from './pictures.ts'
import { profileView } from './profile-view.ts'
import { profileRepo } from './profile.repo.ts'
import { requireVisitorOf } from './reach.ts'

type DocumentKind = (typeof DOCUMENT_KINDS)[number]
type Upload = {
  readonly visitorId: string
  readonly kind: DocumentKind
  readonly bytes: Buffer
}

/** Above the time between a document's file and its row, many times over. */
const ORPHAN_AGE_MS = 60 * 60_000

/** Use cases of identity documents. */
export type DocumentsService = ReturnType<typeof createDocumentsService>

export function createDocumentsService(kit: PeopleKit) {
  // One at a time: a picture of 40 megapixels takes 120 MB while it is drawn anew.
  const drawing = createSerialQueue()
  return {
    upload: async (act: Act, { bytes, ...which }: Upload) => {
      await kit.transact((tx) => requireChangeable(tx, which.visitorId))
      const picture = await drawing.run('pictures', () => keptPicture(bytes))
      return keep(kit, act, { ...which, picture })
    },
    /** The picture; entered in the log before its first byte is read. */
    picture: (act: Act, which: { visitorId: string; documentId: string }) =>
      pictureOf(kit, act, which),
    /** Destroys the files of the visitor's documents that are marked as removed. */
    destroyRemoved: (visitorId: string) => destroyRemoved(kit, visitorId),
    /** Destroys what no live row names: leavings of a crash between row and file. */
    sweep: () => sweep(kit),
  }
}

async function requireChangeable(tx: Tx, visitorId: string): Promise<void> {
  const profile = await profileRepo.profile(tx, visitorId)
  if (profile === null) throw new Refusal('NOT_FOUND')
  // Whoever is verified may show a new document only for what they want put right.
  const isDecided = profile.verification === 'VERIFIED' && profile.corrections.length === 0
  if (isDecided) throw new Refusal('ALREADY_DECIDED')
}

// The file is there before its row, and an older one goes after its row has: no row ever lacks its file.
async function keep(
  kit: PeopleKit,
  act: Act,
  { visitorId, kind, picture }: Omit<Upload, 'bytes'> & { picture: KeptPicture },
) {
  const name = { documentId: newId(), visitorId }
  await kit.store.put(name, picture.bytes)
  try {
    const profile = await kit.transact((tx) => storeRow(tx, kit, { ...act, name, kind, picture }))
    await destroyRemoved(kit, name.visitorId)
    return profile
  } catch (error) {
    await kit.store.remove(name.documentId)
    throw error
  }
}

type Kept = Act & {
  readonly name: { readonly documentId: string; readonly visitorId: string }
  readonly kind: DocumentKind
  readonly picture: KeptPicture
}

async function storeRow(tx: Tx, kit: PeopleKit, { name, kind, picture, ...act }: Kept) {
  const { visitorId, documentId } = name
  const now = kit.clock.now()
  await profileRepo.lock(tx, visitorId)
  await requireChangeable(tx, visitorId)
  const replaced = await documentsRepo.markRemoved(tx, { visitorId, kind }, now)
  await documentsRepo.add(tx, {
    ...name,
    kind,
    mimeType: picture.mimeType,
    sizeBytes: picture.bytes.length,
    width: picture.width,
    height: picture.height,
    sha256: createHash('sha256').update(picture.bytes).digest('hex'),
    uploadedAt: now,
  })
  const profile = await profileRepo.change(tx, visitorId, {})
  await enter(tx, kit, {
    ...act,
    action: 'document.upload',
    object: { type: 'document', objectId: documentId },
    detail: { visitorId, kind, replaced },
  })
  return profileView(profile)
}

async function pictureOf(
  kit: PeopleKit,
  act: Act,
  name: { visitorId: string; documentId: string },
): Promise<{ bytes: Buffer; mimeType: string }> {
  const { visitorId, documentId } = name
  const document = await kit.transact(async (tx) => {
    await requireVisitorOf(tx, facilityIdOf(act.actor), visitorId)
    const found = await documentsRepo.live(tx, visitorId, documentId)
    if (found === null) throw new Refusal('NOT_FOUND')
    await enter(tx, kit, {
      ...act,
      action: 'document.view',
      object: { type: 'document', objectId: documentId },
      detail: { visitorId, kind: found.kind },
    })
    return found
  })
  return { bytes: await kit.store.get(name), mimeType: document.mimeType }
}

async function destroyRemoved(kit: PeopleKit, visitorId: string): Promise<void> {
  const removed = await kit.transact((tx) => documentsRepo.removedOf(tx, visitorId))
  await destroy(kit, removed)
}

async function sweep(kit: PeopleKit): Promise<void> {
  const before = new Date(kit.clock.now().getTime() - ORPHAN_AGE_MS)
  const old = await kit.store.olderThan(before)
  const live = new Set(await kit.transact((tx) => documentsRepo.liveAmong(tx, old)))
  const orphans = old.filter((documentId) => !live.has(documentId))
  await destroy(kit, orphans)
  if (orphans.length > 0) kit.log.info({ documents: orphans.length }, 'documents swept')
}

// The act stands although a file would not go; the sweep tries again.
async function destroy({ store, log }: PeopleKit, documentIds: readonly string[]): Promise<void> {
  for (const documentId of documentIds) {
    await store.remove(documentId).catch((error: unknown) => {
      log.error({ err: error, documentId }, 'a removed document could not be destroyed')
    })
  }
}
