import { TextsShape } from '@visavis/contract/interventions'
import type { Texts } from '@visavis/contract/interventions'
import type { Tx } from '@visavis/prisma'
import type { ReadyText, ReadyTextRow } from './ready-text-rules.ts'

type Key = { readonly facilityId: string; readonly readyTextId: string }

/** Rows of a facility's ready texts. */
export const readyTextsRepo = {
  /** All of a facility, retired ones too, in the order of their making. */
  async ofFacility(tx: Tx, facilityId: string): Promise<readonly ReadyTextRow[]> {
    const rows = await tx.readyText.findMany({
      where: { facilityId },
      orderBy: [{ createdAt: 'asc' }, { readyTextId: 'asc' }],
    })
    return rows.map(({ readyTextId, kind, texts, version, retiredAt }) => ({
      readyTextId,
      // The database keeps no other kinds.
      kind: kind as ReadyText['kind'],
      texts: TextsShape.parse(texts),
      version,
      isRetired: retiredAt !== null,
    }))
  },
  async add(
    tx: Tx,
    row: Key & { kind: ReadyText['kind']; texts: Texts; version: number; createdAt: Date },
  ): Promise<void> {
    await tx.readyText.create({ data: row })
  },
  /** False: somebody else has changed it meanwhile. */
  async change(
    tx: Tx,
    { facilityId, readyTextId }: Key,
    { version, ...change }: { version: number; texts?: Texts; retiredAt?: Date },
  ): Promise<boolean> {
    const { count } = await tx.readyText.updateMany({
      where: { facilityId, readyTextId, version, retiredAt: null },
      data: { ...change, version: version + 1 },
    })
    return count === 1
  },
  /** Two who change one of ours for the first time come one after the other. */
  async lock(tx: Tx, facilityId: string): Promise<void> {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`ready-texts ${facilityId}`}, 0))::text`
  },
}
