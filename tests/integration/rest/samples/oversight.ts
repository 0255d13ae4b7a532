import { randomUUID } from 'node:crypto'
import type { oversightRoutes } from '@visavis/contract/http'
import type { SampleMaker, SampleWorld } from './sample.ts'

const HOUR_MS = 3_600_000

/** Samples of the routes of `contract/http/oversight`. */
export function oversightSamples({
  world,
  place,
}: SampleWorld): Record<keyof typeof oversightRoutes, SampleMaker> {
  const span = () => {
    const nowMs = world().clock.now().getTime()
    const [from, to] = [nowMs - HOUR_MS, nowMs + HOUR_MS].map((ms) => new Date(ms).toISOString())
    return { from: from ?? '', to: to ?? '' }
  }
  const officerId = async (): Promise<string> => {
    const where = { accountId: place().accounts.officer }
    const account = await world().db.account.findUniqueOrThrow({ where })
    return account.officerId ?? ''
  }
  const aReport = async (): Promise<string> => {
    const reportId = randomUUID()
    const url = '/api/oversight/shift'
    const [facilityId, now] = [place().facilityId, world().clock.now()]
    const row = { reportId, facilityId, fromAt: now, toAt: new Date(now.getTime() + 1), note: '' }
    const { from, to } = span()
    const figures = {
      ...{ from, to, at: from, timeZone: 'UTC', facilityName: url, wing: null, wings: [] },
      ...{ visits: [], hours: [], incidents: [] },
      waits: { help: NO_WAIT, admission: NO_WAIT },
      coverage: { mustMs: 0, mustWatchedMs: 0, allMs: 0, allWatchedMs: 0 },
      open: { running: 0, unwatched: 0, helpCalls: 0, tasks: 0, flags: 0 },
    }
    const writtenBy = place().accounts.officer
    await world().db.shiftReport.create({ data: { ...row, writtenBy, createdAt: now, figures } })
    return reportId
  }
  const aFlag = async (): Promise<string> => {
    const [flagId, at] = [randomUUID(), world().clock.now()]
    const { visitId, facilityId } = place()
    const visit = await world().db.visit.findUniqueOrThrow({ where: { visitId } })
    const stretch = visit.monitor === 'AV' ? { fromAt: at, toAt: at } : {}
    const row = { flagId, visitId, monitor: visit.monitor, category: 'OTHER' as const, at }
    await world().db.flag.create({ data: { ...row, ...stretch } })
    const task = { taskId: randomUUID(), kind: 'FLAG_REVIEW' as const, subjectId: flagId }
    await world().db.task.create({
      data: { ...task, facilityId, visitId, dueAt: at, createdAt: at },
    })
    return flagId
  }
  return {
    watching: async () => {
      const data = { isShiftLeader: true }
      await world().db.officer.update({ where: { officerId: await officerId() }, data })
      return {}
    },
    officers: async () => ({}),
    setShiftLeader: async () => ({
      params: { officerId: await officerId() },
      payload: { isShiftLeader: true },
    }),
    shift: async () => ({ query: span() }),
    shiftReports: async () => ({}),
    writeShiftReport: async () => ({ payload: { ...span(), note: 'Quiet.' } }),
    shiftReport: async () => ({ params: { reportId: await aReport() } }),
    shiftReportPdf: async () => ({ params: { reportId: await aReport() } }),
    flagReviews: async () => ({}),
    reviewFlag: async () => ({
      params: { flagId: await aFlag() },
      payload: { state: 'DONE', resolution: 'Nothing was found.', version: 0 },
    }),
  }
}

const NO_WAIT = { count: 0, medianMs: null, p90Ms: null, longestMs: null }
