import type { Tx } from '../../src/database.ts'
import {
  insertAccount,
  insertInmate,
  insertOfficer,
  insertRelationship,
  insertVisitor,
} from './people.ts'
import {
  insertEstate,
  insertFacility,
  insertMonitorSeat,
  insertOperator,
  insertTerminal,
} from './places.ts'
import { insertVisit } from './visits.ts'
import type { GivenVisit } from './visits.ts'

/** The least that a visit needs, stored: a facility with a terminal, and two people who may meet. */
export async function insertSmallWorld(db: Tx) {
  const estate = await insertEstate(db)
  const operator = await insertOperator(db, { estateId: estate.estateId })
  const facility = await insertFacility(db, {
    estateId: estate.estateId,
    operatorId: operator.operatorId,
  })
  const { facilityId } = facility
  const inmate = await insertInmate(db, { facilityId })
  const visitor = await insertVisitor(db)
  return {
    estate,
    operator,
    facility,
    inmate,
    visitor,
    terminal: await insertTerminal(db, { facilityId }),
    monitorSeat: await insertMonitorSeat(db, { facilityId }),
    relationship: await insertRelationship(db, {
      visitorId: visitor.visitorId,
      inmateId: inmate.inmateId,
    }),
    visitorAccount: await insertAccount(db, { role: 'visitor', visitorId: visitor.visitorId }),
    ...(await insertStaff(db, facilityId)),
  }
}

/** Stores a small world of its own and a visit of its two people. */
export async function insertSmallVisit(db: Tx, given: Partial<GivenVisit> = {}) {
  const world = await insertSmallWorld(db)
  const { visit, seats } = await insertVisit(db, {
    facilityId: world.facility.facilityId,
    inmateId: world.inmate.inmateId,
    terminalId: world.terminal.terminalId,
    visitorIds: [world.visitor.visitorId],
    ...given,
  })
  return { ...world, visit, seats }
}

/** Stores an officer of a facility with an account. */
export async function insertStaff(db: Tx, facilityId: string) {
  const officer = await insertOfficer(db, { facilityId })
  const { officerId } = officer
  return {
    officer,
    officerAccount: await insertAccount(db, { role: 'officer', facilityId, officerId }),
  }
}
