import { Refusal } from '@visavis/contract/errors'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { OfficersRepo } from './officers.repo.ts'

type Given = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly languages: readonly string[]
}

/** What officers say of themselves. */
export type OfficersService = ReturnType<typeof createOfficersService>

export function createOfficersService({ repo, audit }: { repo: OfficersRepo; audit: Audit }) {
  return {
    /** What the signed-in officer can follow, best first. */
    languages: async (actor: AccountActor): Promise<{ languages: string[] }> => ({
      languages: [...((await repo.languages(requireOfficer(actor))) ?? [])],
    }),
    /** Replaces the list; each language is kept once, in its canonical spelling. */
    setLanguages: async (tx: Tx, { actor, requestId, ...given }: Given) => {
      const officerId = requireOfficer(actor)
      const languages = Intl.getCanonicalLocales(given.languages)
      await repo.setLanguages(tx, officerId, languages)
      await audit.append(tx, {
        facilityId: actor.facilityId,
        actor: auditActorOf(actor),
        action: 'officer.setLanguages',
        object: { type: 'officer', objectId: officerId },
        outcome: 'allow',
        requestId,
        detail: { languages },
      })
      return { languages }
    },
  }
}

/** TR-3: an account that stands for no officer has no languages to speak of. */
function requireOfficer({ officerId }: AccountActor): string {
  if (officerId === null) throw new Refusal('FORBIDDEN')
  return officerId
}
