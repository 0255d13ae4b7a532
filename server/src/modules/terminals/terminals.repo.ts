import { UNDER_WAY_STATES } from '@visavis/contract/session-lifecycle'
import type { Database, Prisma, Tx } from '@visavis/prisma'
import type { DisableReason, TerminalHealth } from '@visavis/contract/terminal-health'
import type { Reach } from '../identity/index.ts'

/** Opening is looked at this long ahead: a terminal must stand ready before the first visit of a day. */
const READY_BEFORE_MS = 30 * 60_000

const cared = {
  terminalId: true,
  facilityId: true,
  name: true,
  wing: true,
  keys: {
    orderBy: { enrolledAt: 'desc' },
    take: 1,
    select: { endedAt: true, endReason: true },
  },
  disabledAt: true,
  disabledReason: true,
  beat: true,
} as const satisfies Prisma.TerminalSelect

/** A terminal with what it told of itself. */
export type CaredTerminal = Prisma.TerminalGetPayload<{ select: typeof cared }>

/** What a terminal's test of itself came to: a code of the contract (`LIGHTS`), and when. */
export type LastTest = { readonly light: string; readonly madeAt: Date }

/** Rows of terminals and their beats. */
export type TerminalsRepo = ReturnType<typeof createTerminalsRepo>

export function createTerminalsRepo(db: Database) {
  return {
    ...writes,
    ...surroundings(db),
    within: (reach: Reach) =>
      db.terminal.findMany({
        where: 'facilityId' in reach ? reach : { facility: reach },
        orderBy: [{ wing: 'asc' }, { name: 'asc' }],
        select: cared,
      }),
    one: (terminalId: string, tx: Tx = db) =>
      tx.terminal.findUnique({ where: { terminalId }, select: cared }),
    /** Terminals in service that have told of themselves. */
    heard: () =>
      db.terminal.findMany({
        where: {
          keys: { some: { endedAt: null } },
          disabledAt: null,
          beat: { beatAt: { not: null } },
        },
        select: cared,
      }),
  }
}

/** What is read around a terminal: opening, tests, and who is at it. */
function surroundings(db: Database) {
  return {
    /** Which of these facilities have a slot, or a visit without one, now or soon. */
    openFacilities: async (facilityIds: readonly string[], now: Date): Promise<Set<string>> => {
      const within = {
        facilityId: { in: [...facilityIds] },
        startsAt: { lte: new Date(now.getTime() + READY_BEFORE_MS) },
        endsAt: { gt: now },
      }
      const select = { facilityId: true } as const
      const distinct = ['facilityId' as const]
      const slots = await db.slot.findMany({
        where: { ...within, closedAt: null },
        select,
        distinct,
      })
      const where = { ...within, bookingState: 'CONFIRMED' as const }
      const visits = await db.visit.findMany({ where, select, distinct })
      return new Set([...slots, ...visits].map(({ facilityId }) => facilityId))
    },
    /** The newest test that each of these has made of itself, by terminal (LV-10). */
    lastTests: async (terminalIds: readonly string[]): Promise<Map<string, LastTest>> => {
      const rows = await db.$queryRaw<(LastTest & { terminalId: string })[]>`
        SELECT asked.id::text AS "terminalId", newest.light, newest.made_at AS "madeAt"
        FROM unnest(${[...terminalIds]}::uuid[]) AS asked (id)
        CROSS JOIN LATERAL (
          SELECT light, made_at FROM preflight_result
          WHERE terminal_id = asked.id ORDER BY made_at DESC LIMIT 1
        ) AS newest`
      return new Map(rows.map(({ terminalId, ...test }) => [terminalId, test]))
    },
    /** Whether somebody is signed in for a visit at it. */
    hasVisitor: async (terminalId: string, now: Date): Promise<boolean> => {
      const where = { terminalId, visitId: { not: null }, endedAt: null, expiresAt: { gt: now } }
      return (await db.authSession.count({ where })) > 0
    },
  }
}

const writes = {
  /** Keeps the newest beat; whatever else is known of the terminal stays. */
  keepBeat: async (
    tx: Tx,
    terminalId: string,
    beat: { beatAt: Date; pageId: string; health: TerminalHealth },
  ) => {
    const where = { terminalId }
    await tx.terminalBeat.upsert({ where, create: { terminalId, ...beat }, update: beat })
  },
  askRestart: async (tx: Tx, terminalId: string, asked: { at: Date; isForced: boolean }) => {
    const known = await tx.terminalBeat.findUnique({ where: { terminalId } })
    const restart = {
      restartAskedAt: asked.at,
      isRestartForced: asked.isForced,
      restartPageId: known?.pageId ?? null,
    }
    const create = { terminalId, ...restart }
    await tx.terminalBeat.upsert({ where: { terminalId }, create, update: restart })
  },
  /** The page that the restart is to end, once it is known. */
  nameRestartPage: async (tx: Tx, terminalId: string, restartPageId: string) => {
    const where = { terminalId, restartPageId: null, restartAskedAt: { not: null } }
    await tx.terminalBeat.updateMany({ where, data: { restartPageId } })
  },
  /** False: it was ended already, or another one was asked for meanwhile. */
  endRestart: async (tx: Tx, terminalId: string, restartAskedAt: Date): Promise<boolean> => {
    const data = { restartAskedAt: null, restartPageId: null, isRestartForced: false }
    const where = { terminalId, restartAskedAt }
    return (await tx.terminalBeat.updateMany({ where, data })).count === 1
  },
  disable: async (tx: Tx, terminalId: string, given: { at: Date; reason: DisableReason }) => {
    const data = { disabledAt: given.at, disabledReason: given.reason }
    await tx.terminal.update({ where: { terminalId }, data, select: { terminalId: true } })
  },
  enable: async (tx: Tx, terminalId: string) => {
    const data = { disabledAt: null, disabledReason: null }
    await tx.terminal.update({ where: { terminalId }, data, select: { terminalId: true } })
  },
  /** Signs out whoever is at it: with `isForced` everybody, else whoever is in no running visit. */
  signOut: async (
    tx: Tx,
    terminalId: string,
    { at, isForced }: { at: Date; isForced: boolean },
  ) => {
    const idle = {
      OR: [{ visitId: null }, { visit: { session: { state: { notIn: [...UNDER_WAY_STATES] } } } }],
    }
    await tx.authSession.updateMany({
      where: { terminalId, endedAt: null, ...(isForced ? {} : idle) },
      data: { endedAt: at },
    })
  },
  /** Which task was opened for the trouble; null: none of the watch's own. */
  noteTask: async (tx: Tx, terminalId: string, troubleTaskId: string | null) => {
    await tx.terminalBeat.updateMany({ where: { terminalId }, data: { troubleTaskId } })
  },
  /** Compare and set: false when it was noted already. */
  setTrouble: async (
    tx: Tx,
    terminalId: string,
    { from, to, at }: { from: string | null; to: string | null; at: Date },
  ): Promise<boolean> => {
    const data = { trouble: to, troubleSince: to === null ? null : at }
    const where = { terminalId, trouble: from }
    return (await tx.terminalBeat.updateMany({ where, data })).count === 1
  },
}
