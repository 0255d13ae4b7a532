import type { Tx } from '../../src/database.ts'
import { hashSecret } from '../../src/secret-hash.ts'
import { aRelationship, aVisitor, anAccount, anInmate, anOfficer } from '../builders/people.ts'
import { type DemoAccount, demoAccounts } from './demo-accounts.ts'
import { DEMO_RELATIONSHIPS } from './demo-bonds.ts'
import { DEMO_FACILITIES, DEMO_FACILITY_ROLES, DEMO_INMATES, DEMO_VISITORS } from './demo-data.ts'
import { stableId } from './stable-id.ts'

/** Stores the demo's people where they are missing; what somebody changed since stays as it is. */
export async function insertDemoPeople(tx: Tx): Promise<void> {
  await insertInmates(tx)
  await tx.visitor.createMany({
    data: DEMO_VISITORS.map(({ key, ...visitor }) =>
      aVisitor({ visitorId: stableId(`visitor/${key}`), ...visitor }),
    ),
    skipDuplicates: true,
  })
  await tx.relationship.createMany({
    data: DEMO_RELATIONSHIPS.map(relationshipRow),
    skipDuplicates: true,
  })
  await tx.officer.createMany({ data: officerRows(), skipDuplicates: true })
  await insertAccounts(tx)
}

/** Hashing is slow by design, so it is done only for rows that are not there yet. */
async function insertInmates(tx: Tx): Promise<void> {
  const idOf = (key: string) => stableId(`inmate/${key}`)
  const found = await tx.inmate.findMany({
    where: { inmateId: { in: DEMO_INMATES.map(({ key }) => idOf(key)) } },
    select: { inmateId: true },
  })
  const there = new Set(found.map((row) => row.inmateId))
  const missing = DEMO_INMATES.filter(({ key }) => !there.has(idOf(key)))
  const rows = missing.map(async ({ key, facility, pin, ...inmate }) =>
    anInmate({
      inmateId: idOf(key),
      facilityId: stableId(`facility/${facility}`),
      pinHash: await hashSecret(pin),
      ...inmate,
    }),
  )
  await tx.inmate.createMany({ data: await Promise.all(rows) })
}

async function insertAccounts(tx: Tx): Promise<void> {
  const accounts = demoAccounts()
  const found = await tx.account.findMany({
    where: { accountId: { in: accounts.map((account) => account.accountId) } },
    select: { accountId: true },
  })
  const there = new Set(found.map((row) => row.accountId))
  const missing = accounts.filter((account) => !there.has(account.accountId))
  await tx.account.createMany({ data: await Promise.all(missing.map(accountRow)) })
}

async function accountRow({ accountId, login, password, role, language, scope }: DemoAccount) {
  const passwordHash = await hashSecret(password)
  return anAccount({ accountId, login, passwordHash, role, language, ...scope })
}

function relationshipRow({
  visitor,
  inmate,
  kind,
  isApproved,
}: (typeof DEMO_RELATIONSHIPS)[number]) {
  return aRelationship({
    relationshipId: stableId(`relationship/${visitor}/${inmate}`),
    visitorId: stableId(`visitor/${visitor}`),
    inmateId: stableId(`inmate/${inmate}`),
    kind,
    // The facility has said yes; the inmate is asked at the terminal.
    ...(isApproved ? {} : { state: 'REQUESTED', inmateApprovedAt: null }),
  })
}

function officerRows() {
  return DEMO_FACILITIES.flatMap(({ key }) =>
    DEMO_FACILITY_ROLES.map(({ role, givenName, familyName }) =>
      anOfficer({
        officerId: stableId(`officer/${key}/${role}`),
        facilityId: stableId(`facility/${key}`),
        givenName,
        familyName,
      }),
    ),
  )
}
