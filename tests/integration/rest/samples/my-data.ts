import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import type { myDataRoutes } from '@visavis/contract/http'
import { createObjectStore } from '@visavis/platform/object-store/index'
import { newId } from '@visavis/prisma'
import { insertVisitor } from '@visavis/prisma/seed'
import {
  dataFileOf,
  dataStoreKeyOf,
} from '../../../../server/src/modules/my-data/data-export-rules.ts'
import { SALT_BYTES, dataKeyOf } from '../../../../server/src/modules/my-data/data-key.ts'
import { sealArchive } from '../../../../server/src/platform/sealed-archive.ts'
import type { SampleMaker, SampleWorld } from './sample.ts'

const HOUR_MS = 3_600_000

/** Samples of the routes of `contract/http/my-data`; each export is of a child of its own. */
export function myDataSamples({
  world,
  place,
}: SampleWorld): Record<keyof typeof myDataRoutes, SampleMaker> {
  const aChild = () => insertVisitor(world().db, { guardianId: place().visitorId, ...CHILD })
  const ready = async () => {
    const { visitorId } = await aChild()
    const { db, clock, config } = world()
    const exportId = newId()
    const salt = randomBytes(SALT_BYTES)
    const key = dataKeyOf(config.keyRoot, { exportId, salt })
    const sealed = { objectId: exportId, file: dataFileOf(exportId), key }
    const storeKey = dataStoreKeyOf(exportId)
    const store = createObjectStore(config.objectStore)
    const made = await sealArchive(
      Readable.from([Buffer.from('PK')]),
      { ...sealed, storeKey },
      store,
    )
    const madeAt = clock.now()
    await db.dataExport.create({
      data: {
        ...{ exportId, visitorId, askedBy: place().accounts.visitor, language: 'en' },
        ...{ state: 'READY', askedAt: madeAt, madeAt, keySalt: salt, hasFile: true, ...made },
        expiresAt: new Date(madeAt.getTime() + HOUR_MS),
      },
    })
    return { exportId }
  }
  return {
    dataExports: async () => ({}),
    askDataExport: async () => {
      const { visitorId: childId } = await aChild()
      return { payload: { childId, language: 'en' } }
    },
    dataExport: async () => ({ params: await ready() }),
    downloadDataExport: async () => ({ params: await ready() }),
    removeDataExport: async () => ({ params: await ready() }),
  }
}

/** Under age for years to come. */
const CHILD = {
  birthDate: new Date(Date.now() - 5 * 365 * 24 * HOUR_MS).toISOString().slice(0, 10),
  consentAt: new Date(0),
}
