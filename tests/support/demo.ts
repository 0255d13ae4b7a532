import { createDatabase } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'
import { seedDemo } from '@visavis/prisma/seed'
import type { DemoAccount, SeededVisit } from '@visavis/prisma/seed'
import type { Stack } from './stack.ts'

/** The demonstration's database and one visit that can be joined now, with all it takes to join it. */
export type Demo = {
  readonly db: Database
  readonly visit: SeededVisit
  readonly visitor: DemoAccount
  readonly inmatePin: string
  /** Null: the terminal of this visit is enrolled already. */
  readonly enrolmentCode: string | null
  /** Staff of the facility where the visit is. */
  readonly staff: (role: DemoAccount['role']) => DemoAccount
  /** Somebody's sign-in by its name. */
  readonly account: (login: string) => DemoAccount
  readonly close: () => Promise<void>
}

/** Reads the sign-ins of a running stack. Where the last visit is over, the next one is booked. */
export async function openDemo({ databaseUrl }: Pick<Stack, 'databaseUrl'>): Promise<Demo> {
  const db = createDatabase(databaseUrl, { applicationName: 'visavis-test', poolSize: 2 })
  const info = await seedDemo(db, { now: new Date(), isProduction: false })
  const visit = found(info.visits, ({ kind }) => kind === 'now')
  const accounts = info.accounts
  return {
    db,
    visit,
    visitor: found(accounts, ({ login }) => login === visit.visitorLogin),
    inmatePin: found(info.inmates, ({ inmateId }) => inmateId === visit.inmateId).pin,
    enrolmentCode: found(info.terminals, ({ terminalId }) => terminalId === visit.terminalId)
      .enrolmentCode,
    staff: (role) =>
      found(accounts, (each) => each.role === role && each.scope.facilityId === visit.facilityId),
    account: (login) => found(accounts, (each) => each.login === login),
    close: () => db.$disconnect(),
  }
}

function found<Item>(items: readonly Item[], isIt: (item: Item) => boolean): Item {
  const item = items.find(isIt)
  if (!item) throw new Error('the demonstration lacks what the test needs')
  return item
}
