import { Refusal } from '@visavis/contract/errors'
import type { DataOf, PayloadOf } from '@visavis/contract/command'
import type { interventionCommands } from '@visavis/contract/interventions-socket'
import type { Texts } from '@visavis/contract/interventions'
import type { wallCommands } from '@visavis/contract/wall-socket'
import type { NewId } from '../../platform/ids.ts'
import {
  endByOfficer,
  keepPaused,
  muteParty,
  pauseByOfficer,
  resumeByOfficer,
  unmuteParty,
  warn,
} from '../visits/index.ts'
import type { LiveVisits, VisitRecord, WarningText } from '../visits/index.ts'
import type { ActOn } from './officer.service.ts'
import type { OfficerCause } from './wall.service.ts'

type Commands = typeof interventionCommands
type Done = Promise<Record<string, never>>

/** What interventions rest on besides the visits. */
export type InterventionParts = {
  readonly newId: NewId
  /** A ready text in force at a facility; null: there is none. */
  readonly readyTextOf: (key: {
    facilityId: string
    readyTextId: string
  }) => Promise<{ readonly kind: string; readonly texts: Texts } | null>
}

type Given = InterventionParts &
  Pick<LiveVisits, 'refusalOf'> & {
    readonly actOn: ActOn
    /** A visit of the officer's own facility; refuses every other. */
    readonly own: (visitId: string, cause: OfficerCause) => Promise<VisitRecord>
  }

/** What an officer does in a visit (OV-5), besides speaking. */
export function interventionsOf(given: Given) {
  const { newId, own, refusalOf } = given
  const actOn = async (...act: Parameters<ActOn>): Done => {
    await given.actOn(...act)
    return {}
  }
  const byOf = ({ actor }: OfficerCause) => ({ interventionId: newId(), by: actor.accountId })
  return {
    ...mutesOf(actOn, byOf),
    async warn(
      { visitId, parties, text }: PayloadOf<Commands['warn']>,
      cause: OfficerCause,
    ): Promise<DataOf<Commands['warn']>> {
      const { facilityId } = await own(visitId, cause)
      const words = await wordsOf(given, facilityId, text)
      const by = byOf(cause)
      await actOn(visitId, cause, warn(by, { parties, text: words }))
      return { warningId: by.interventionId }
    },
    pause: ({ visitId, reason }: PayloadOf<Commands['pause']>, cause: OfficerCause) =>
      actOn(visitId, cause, pauseByOfficer(byOf(cause), reason)),
    keepPaused: ({ visitId }: PayloadOf<Commands['keepPaused']>, cause: OfficerCause) =>
      actOn(visitId, cause, keepPaused()),
    async obstacle({ visitId }: PayloadOf<Commands['obstacle']>, cause: OfficerCause) {
      return { code: await refusalOf(await own(visitId, cause)) }
    },
    async resumeVisit(
      { visitId }: PayloadOf<(typeof wallCommands)['resumeVisit']>,
      cause: OfficerCause,
    ): Done {
      // EL-5: no officer's word makes up for a restriction; lifting or overriding it has its own way.
      if ((await refusalOf(await own(visitId, cause))) !== null) throw new Refusal('RESTRICTED')
      return actOn(visitId, cause, resumeByOfficer(cause.actor.accountId))
    },
    endVisit: (
      { visitId, reason, text }: PayloadOf<(typeof wallCommands)['endVisit']>,
      cause: OfficerCause,
    ) => actOn(visitId, cause, endByOfficer(byOf(cause), { reason, text: text ?? null })),
  }
}

type By = (cause: OfficerCause) => { readonly interventionId: string; readonly by: string }

function mutesOf(actOn: (...act: Parameters<ActOn>) => Done, byOf: By) {
  return {
    mute: ({ visitId, party }: PayloadOf<Commands['mute']>, cause: OfficerCause) =>
      actOn(visitId, cause, muteParty(byOf(cause), party)),
    unmute: ({ visitId, party }: PayloadOf<Commands['unmute']>, cause: OfficerCause) =>
      actOn(visitId, cause, unmuteParty(cause.actor.accountId, party)),
  }
}

async function wordsOf(
  { readyTextOf }: InterventionParts,
  facilityId: string,
  text: PayloadOf<Commands['warn']>['text'],
): Promise<WarningText> {
  if ('typed' in text) {
    return { texts: { [text.language]: text.typed }, readyTextId: null, isTyped: true }
  }
  const { readyTextId } = text
  const ready = await readyTextOf({ facilityId, readyTextId })
  if (ready?.kind !== 'WARN') throw new Refusal('NOT_FOUND')
  return { texts: ready.texts, readyTextId, isTyped: false }
}
