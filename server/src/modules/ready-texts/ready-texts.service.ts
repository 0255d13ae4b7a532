import { Refusal } from '@visavis/contract/errors'
import type { Texts } from '@visavis/contract/interventions'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import type { NewId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { OUR_TEXTS } from './our-texts.ts'
import { textsInForce } from './ready-text-rules.ts'
import type { ReadyText } from './ready-text-rules.ts'
import { readyTextsRepo as repo } from './ready-texts.repo.ts'

type Acting = { readonly actor: AccountActor; readonly requestId: string }
type Deps = {
  readonly clock: Clock
  readonly audit: Audit
  readonly newId: NewId
}
type Change = Acting & { readonly readyTextId: string; readonly version: number }

/** Use cases of the texts that a facility's officers have at hand (OV-5). */
export type ReadyTextsService = ReturnType<typeof createReadyTextsService>

export function createReadyTextsService({ clock, audit, newId }: Deps) {
  const enter = (tx: Tx, act: Acting, change: { verb: string; readyTextId: string }) =>
    audit.append(tx, {
      facilityId: facilityOf(act.actor),
      actor: auditActorOf(act.actor),
      action: `readyText.${change.verb}`,
      object: { type: 'readyText', objectId: change.readyTextId },
      outcome: 'allow',
      requestId: act.requestId,
    })
  return {
    list: (tx: Tx, actor: AccountActor) => inForceAt(tx, facilityOf(actor)),
    async add(tx: Tx, { texts, kind, ...act }: Acting & Pick<ReadyText, 'kind' | 'texts'>) {
      const [readyTextId, facilityId] = [newId(), facilityOf(act.actor)]
      const row = { kind, texts, version: 0 }
      await repo.add(tx, { facilityId, readyTextId, ...row, createdAt: clock.now() })
      await enter(tx, act, { verb: 'add', readyTextId })
      return { readyTextId, ...row, isOurs: false }
    },
    async change(tx: Tx, { texts, ...act }: Change & { readonly texts: Texts }) {
      const text = await own(tx, act, clock.now())
      await change(tx, act, { texts, version: text.version })
      await enter(tx, act, { verb: 'change', readyTextId: text.readyTextId })
      return { ...text, texts, version: text.version + 1, isOurs: false }
    },
    async retire(tx: Tx, act: Change) {
      const text = await own(tx, act, clock.now())
      await change(tx, act, { retiredAt: clock.now(), version: text.version })
      await enter(tx, act, { verb: 'retire', readyTextId: text.readyTextId })
      return {}
    },
  }
}

/** The texts in force at a facility. */
export async function inForceAt(tx: Tx, facilityId: string): Promise<readonly ReadyText[]> {
  return textsInForce(OUR_TEXTS, await repo.ofFacility(tx, facilityId))
}

/** A text in force at a facility, for whoever tells it; null: there is none. */
export async function findReadyText(
  db: Database,
  { facilityId, readyTextId }: { facilityId: string; readyTextId: string },
): Promise<ReadyText | null> {
  const texts = await inForceAt(db, facilityId)
  return texts.find((text) => text.readyTextId === readyTextId) ?? null
}

/** The text as it is in force, with a row of the facility's own from here on. */
async function own(
  tx: Tx,
  { actor, readyTextId, version }: Change,
  createdAt: Date,
): Promise<ReadyText> {
  const facilityId = facilityOf(actor)
  await repo.lock(tx, facilityId)
  const text = (await inForceAt(tx, facilityId)).find((each) => each.readyTextId === readyTextId)
  if (!text) throw new Refusal('NOT_FOUND')
  if (text.version !== version) throw new Refusal('VERSION_CHANGED')
  const { kind, texts } = text
  if (text.isOurs) await repo.add(tx, { facilityId, readyTextId, kind, texts, version, createdAt })
  return text
}

async function change(
  tx: Tx,
  { actor, readyTextId }: Change,
  change: { version: number; texts?: Texts; retiredAt?: Date },
): Promise<void> {
  const isStored = await repo.change(tx, { facilityId: facilityOf(actor), readyTextId }, change)
  if (!isStored) throw new Refusal('VERSION_CHANGED')
}

/** TR-3: whoever has no facility has no texts either. */
function facilityOf({ facilityId }: AccountActor): string {
  if (facilityId === null) throw new Refusal('FORBIDDEN')
  return facilityId
}
