import type { noticeRoutes } from '@visavis/contract/http'
import { insertNotice } from '@visavis/prisma/seed'
import type { SampleMaker, SampleWorld } from './sample.ts'

/** Samples of the routes of `contract/http/notices`. */
export function noticesSamples({
  world,
  place,
}: SampleWorld): Record<keyof typeof noticeRoutes, SampleMaker> {
  return {
    notices: async () => ({ query: { visitId: place().visitId } }),
    movements: async () => ({ query: { date: '2026-12-01' } }),
    terminalNotices: async () => ({}),
    readNotice: async () => {
      const { inmateId } = place()
      const given = { channel: 'TERMINAL', state: 'SENT', inmateId } as const
      const { noticeId } = await insertNotice(world().db, given)
      return { params: { noticeId } }
    },
    acknowledgeVisit: async () => ({ params: { visitId: place().visitId } }),
    mailFolder: async () => ({}),
  }
}
