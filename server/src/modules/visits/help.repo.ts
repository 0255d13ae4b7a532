import { HelpAnswerShape, HelpFigures, HelpNeedShape } from '@visavis/contract/help'
import { Prisma } from '@visavis/prisma'
import type { HelpCall } from './help-rules.ts'

/** The columns of a seat that hold its newest call for help. */
export type HelpRow = {
  readonly helpNeed: string | null
  readonly helpCalledAt: Date | null
  readonly helpToldAt: Date | null
  readonly helpFigures: unknown
  readonly helpAnswer: string | null
  readonly helpAnsweredAt: Date | null
}

/** The same, to select. */
export const HELP_COLUMNS = {
  helpNeed: true,
  helpCalledAt: true,
  helpToldAt: true,
  helpFigures: true,
  helpAnswer: true,
  helpAnsweredAt: true,
} as const satisfies Record<keyof HelpRow, true>

/** The call that a seat's row holds; null: none ever. */
export function helpOfRow(row: HelpRow): HelpCall | null {
  if (row.helpCalledAt === null || row.helpToldAt === null) return null
  return {
    need: HelpNeedShape.nullable().parse(row.helpNeed),
    calledAt: row.helpCalledAt,
    toldAt: row.helpToldAt,
    figures: HelpFigures.nullable().parse(row.helpFigures),
    answer: HelpAnswerShape.nullable().parse(row.helpAnswer),
    answeredAt: row.helpAnsweredAt,
  }
}

/** A call as its seat's row holds it. */
export function helpRowOf(help: HelpCall | null): Omit<HelpRow, 'helpFigures'> & {
  helpFigures: Prisma.InputJsonValue | typeof Prisma.DbNull
} {
  if (help === null) return NO_HELP
  return {
    helpNeed: help.need,
    helpCalledAt: help.calledAt,
    helpToldAt: help.toldAt,
    helpFigures: help.figures ?? Prisma.DbNull,
    helpAnswer: help.answer,
    helpAnsweredAt: help.answeredAt,
  }
}

const NO_HELP = {
  helpNeed: null,
  helpCalledAt: null,
  helpToldAt: null,
  helpFigures: Prisma.DbNull,
  helpAnswer: null,
  helpAnsweredAt: null,
} as const
