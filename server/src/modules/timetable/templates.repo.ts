import { FacilityPolicy } from '@visavis/prisma'
import type { Database, SessionTemplate, Tx } from '@visavis/prisma'
import type { TemplateInput } from '@visavis/contract/http'
import type { TemplateTimes } from './slot-rules.ts'

/** A session template with its dates as local dates (`YYYY-MM-DD`). */
export type TemplateRow = Omit<
  SessionTemplate,
  'validFrom' | 'validTo' | 'excludedDates' | 'filledUntil'
> &
  TemplateTimes & { readonly filledUntil: string | null }

/** A facility whose templates are to be filled. */
export type FilledFacility = {
  readonly facilityId: string
  readonly timeZone: string
  /** How far ahead visits are booked. */
  readonly horizonMs: number
}

/** How far a facility's slots are to reach: a local date. */
export type FillGoal = { readonly facilityId: string; readonly until: string }

const ISO_DATE_LENGTH = 'yyyy-mm-dd'.length

/** Rows of session templates. */
export const templatesRepo = {
  of: async (tx: Tx, facilityId: string, templateId: string): Promise<TemplateRow | null> => {
    const row = await tx.sessionTemplate.findUnique({ where: { templateId, facilityId } })
    return row && fromStored(row)
  },
  /** Waits for whoever changes or fills the template. */
  lock: async (tx: Tx, facilityId: string, templateId: string): Promise<void> => {
    await tx.$queryRaw`
      SELECT 1 FROM session_template
      WHERE template_id = ${templateId}::uuid AND facility_id = ${facilityId}::uuid FOR UPDATE`
  },
  /** Those that are valid on or after a date, by weekday and time. */
  validFrom: async (tx: Tx, facilityId: string, date: string): Promise<TemplateRow[]> => {
    const rows = await tx.sessionTemplate.findMany({
      where: { facilityId, OR: [{ validTo: null }, { validTo: { gte: new Date(date) } }] },
      orderBy: [{ weekday: 'asc' }, { startMinute: 'asc' }, { templateId: 'asc' }],
    })
    return rows.map(fromStored)
  },
  add: async (
    tx: Tx,
    {
      template,
      ...row
    }: Pick<SessionTemplate, 'templateId' | 'facilityId' | 'createdAt'> & {
      readonly template: TemplateInput
    },
  ): Promise<TemplateRow> =>
    fromStored(await tx.sessionTemplate.create({ data: { ...row, ...toStored(template) } })),
  change: async (tx: Tx, templateId: string, template: TemplateInput): Promise<TemplateRow> => {
    const data = { ...toStored(template), version: { increment: 1 } }
    return fromStored(await tx.sessionTemplate.update({ where: { templateId }, data }))
  },
  setFilled: async (tx: Tx, templateIds: readonly string[], until: string): Promise<void> => {
    const where = { templateId: { in: [...templateIds] } }
    await tx.sessionTemplate.updateMany({ where, data: { filledUntil: new Date(until) } })
  },
  /** The next facilities with templates, by id, after one; null: from the beginning. */
  facilitiesAfter: async (
    db: Database,
    after: string | null,
    limit: number,
  ): Promise<FilledFacility[]> => {
    const rows = await db.facility.findMany({
      where: { templates: { some: {} }, ...(after === null ? {} : { facilityId: { gt: after } }) },
      orderBy: { facilityId: 'asc' },
      take: limit,
      select: { facilityId: true, timeZone: true, policy: true },
    })
    return rows.map(({ policy, ...row }) => {
      const { horizonMs } = FacilityPolicy.parse(policy)
      return { ...row, horizonMs }
    })
  },
  /**
   * Templates whose slots do not reach their facility's goal, locked against other fillers and changes.
   * One that somebody else has in hand is left out: a change fills by itself, another filler likewise.
   */
  lockUnfilled: async (tx: Tx, goals: readonly FillGoal[]): Promise<TemplateRow[]> => {
    const rows = await tx.$queryRaw<{ templateId: string }[]>`
      SELECT template_id AS "templateId" FROM session_template t
      JOIN unnest(
        ${goals.map(({ facilityId }) => facilityId)}::uuid[],
        ${goals.map(({ until }) => until)}::text[]::date[]
      ) AS goal (facility_id, until) USING (facility_id)
      WHERE filled_until IS NULL
        OR (filled_until < until AND (valid_to IS NULL OR filled_until < valid_to))
      ORDER BY template_id FOR NO KEY UPDATE OF t SKIP LOCKED`
    const ids = rows.map(({ templateId }) => templateId)
    const where = { templateId: { in: ids } }
    return (await tx.sessionTemplate.findMany({ where })).map(fromStored)
  },
}

function fromStored(row: SessionTemplate): TemplateRow {
  return {
    ...row,
    validFrom: dateIn(row.validFrom),
    validTo: row.validTo && dateIn(row.validTo),
    excludedDates: row.excludedDates.map(dateIn),
    filledUntil: row.filledUntil && dateIn(row.filledUntil),
  }
}

function toStored({ validFrom, validTo, excludedDates, ...row }: TemplateInput) {
  return {
    ...row,
    validFrom: new Date(validFrom),
    validTo: validTo === null ? null : new Date(validTo),
    excludedDates: excludedDates.map((date) => new Date(date)),
  }
}

function dateIn(stored: Date): string {
  return stored.toISOString().slice(0, ISO_DATE_LENGTH)
}
