import type { accountAdminRoutes } from '@visavis/contract/http'
import { newId } from '@visavis/prisma'
import { insertAccount } from '@visavis/prisma/seed'
import type { SampleMaker, SampleWorld } from './sample.ts'

const REASON = { reason: 'For the sample.' }

/** Samples of the routes of `contract/http/account-admin`; each is about an account of its own. */
export function accountAdminSamples({
  world,
  place,
}: SampleWorld): Record<keyof typeof accountAdminRoutes, SampleMaker> {
  const which = async () => {
    const { facilityId } = place()
    const { accountId } = await insertAccount(world().db, { role: 'scheduler', facilityId })
    return { accountId }
  }
  const aReset = async () => {
    const { accountId } = await which()
    const asked = { askedBy: place().accounts.scheduler, askedAt: world().clock.now() }
    const data = { resetId: newId(), accountId, ...REASON, ...asked }
    return world().db.accountReset.create({ data })
  }
  return {
    staffAccounts: async () => ({}),
    createStaffAccount: async () => ({
      payload: { login: `auditor-${newId()}@example.org`, role: 'auditor', language: 'en' },
    }),
    issueSetUpCode: async () => ({ params: await which() }),
    disableAccount: async () => ({ params: await which(), payload: REASON }),
    enableAccount: async () => ({ params: await which(), payload: REASON }),
    endAccountSessions: async () => ({ params: await which() }),
    askReset: async () => ({ params: await which(), payload: REASON }),
    decideReset: async () => {
      const { resetId } = await aReset()
      return { params: { resetId }, payload: { isApproved: true } }
    },
  }
}
