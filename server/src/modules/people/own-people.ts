import { Refusal } from '@visavis/contract/errors'
import type { Tx } from '../../platform/transact.ts'
import { isChildOn } from './child-rules.ts'
import { childrenRepo } from './children.repo.ts'
import type { ChildRow } from './children.repo.ts'
import { localDateOf } from './local-date.ts'
import { visitorIdOf } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'

/** Whom an act is about: a child of the account's visitor, or, without a child, the visitor. */
export type OwnPerson = { readonly act: Act; readonly childId?: string | undefined }

/**
 * The visitor that the account may speak for: its own, or a child of which it is the guardian, who has
 * agreed and whose child is under age. Everybody else is `NOT_FOUND`.
 */
export async function ownVisitorId(
  tx: Tx,
  { clock }: Pick<PeopleKit, 'clock'>,
  { act, childId }: OwnPerson,
): Promise<string> {
  const guardianId = visitorIdOf(act.actor)
  if (childId === undefined || childId === guardianId) return guardianId
  const child = await ownChild(tx, act, childId)
  const isChild = isChildOn(child.birthDate, localDateOf(clock.now()))
  if (!isChild || child.consentEndedAt !== null) throw new Refusal('NOT_FOUND')
  return child.visitorId
}

/** A child of the account's visitor, whether or not consent stands; every other is `NOT_FOUND`. */
export async function ownChild(tx: Tx, act: Act, childId: string): Promise<ChildRow> {
  const child = await childrenRepo.childOf(tx, visitorIdOf(act.actor), childId)
  if (child === null) throw new Refusal('NOT_FOUND')
  return child
}

/** Whether a visitor is the account's own, or a child of which it is the guardian. */
export async function isOwnVisitor(tx: Tx, ownId: string, visitorId: string): Promise<boolean> {
  return visitorId === ownId || (await childrenRepo.childOf(tx, ownId, visitorId)) !== null
}
