import type { Prisma } from '../../generated/client/client.ts'
import type { Tx } from '../../src/database.ts'
import { DEFAULT_FACILITY_POLICY } from '../../src/facility-policy.ts'
import { newId } from '../../src/ids.ts'
import { type Given, tailOf } from './given.ts'

const NINE_TO_SEVEN_BUT_SUNDAY = Object.fromEntries(
  [1, 2, 3, 4, 5, 6].map((weekday) => [weekday, [{ fromMinute: 540, toMinute: 1140 }]]),
)

/** An estate's row. */
export function anEstate(given: Given<Prisma.EstateUncheckedCreateInput> = {}) {
  const estateId = given.estateId ?? newId()
  return { name: `Estate ${tailOf(estateId)}`, ...given, estateId }
}

/** An operator's row, in `estateId`. */
export function anOperator(given: Given<Prisma.OperatorUncheckedCreateInput, 'estateId'>) {
  const operatorId = given.operatorId ?? newId()
  return { name: `Operator ${tailOf(operatorId)}`, ...given, operatorId }
}

/** A facility's row, with the default policy. */
export function aFacility(
  given: Given<Prisma.FacilityUncheckedCreateInput, 'estateId' | 'operatorId'>,
) {
  const facilityId = given.facilityId ?? newId()
  return {
    name: `Facility ${tailOf(facilityId)}`,
    timeZone: 'Asia/Krasnoyarsk',
    policy: DEFAULT_FACILITY_POLICY,
    ...given,
    facilityId,
  }
}

/** A terminal's row: not enrolled. */
export function aTerminal(given: Given<Prisma.TerminalUncheckedCreateInput, 'facilityId'>) {
  const terminalId = given.terminalId ?? newId()
  return { name: `Terminal ${tailOf(terminalId)}`, wing: 'A', ...given, terminalId }
}

/** The row of one visit that a facility can have watched. */
export function aMonitorSeat(given: Given<Prisma.MonitorSeatUncheckedCreateInput, 'facilityId'>) {
  return { monitorSeatId: newId(), number: 1, ...given }
}

/** The row of one team that brings inmates to terminals. */
export function anEscort(given: Given<Prisma.EscortUncheckedCreateInput, 'facilityId'>) {
  return { escortId: newId(), number: 1, ...given }
}

/** A link centre's row, in `estateId`: open from nine to seven, Monday to Saturday. */
export function aLinkCentre(given: Given<Prisma.LinkCentreUncheckedCreateInput, 'estateId'>) {
  const linkCentreId = given.linkCentreId ?? newId()
  return {
    name: `Link centre ${tailOf(linkCentreId)}`,
    timeZone: 'Europe/Moscow',
    address: '1 Example Street',
    openingHours: NINE_TO_SEVEN_BUT_SUNDAY,
    ...given,
    linkCentreId,
  }
}

/** A link-centre room's row. */
export function aLinkCentreRoom(
  given: Given<Prisma.LinkCentreRoomUncheckedCreateInput, 'linkCentreId'>,
) {
  const linkCentreRoomId = given.linkCentreRoomId ?? newId()
  return { name: `Room ${tailOf(linkCentreRoomId)}`, ...given, linkCentreRoomId }
}

/** Stores {@link anEstate}. */
export function insertEstate(db: Tx, given?: Parameters<typeof anEstate>[0]) {
  return db.estate.create({ data: anEstate(given) })
}

/** Stores {@link anOperator}. */
export function insertOperator(db: Tx, given: Parameters<typeof anOperator>[0]) {
  return db.operator.create({ data: anOperator(given) })
}

/** Stores {@link aFacility}. */
export function insertFacility(db: Tx, given: Parameters<typeof aFacility>[0]) {
  return db.facility.create({ data: aFacility(given) })
}

/** Stores {@link aTerminal}. */
export function insertTerminal(db: Tx, given: Parameters<typeof aTerminal>[0]) {
  return db.terminal.create({ data: aTerminal(given) })
}

/** Stores {@link aMonitorSeat}. */
export function insertMonitorSeat(db: Tx, given: Parameters<typeof aMonitorSeat>[0]) {
  return db.monitorSeat.create({ data: aMonitorSeat(given) })
}

/** Stores {@link anEscort}. */
export function insertEscort(db: Tx, given: Parameters<typeof anEscort>[0]) {
  return db.escort.create({ data: anEscort(given) })
}

/** Stores {@link aLinkCentre}. */
export function insertLinkCentre(db: Tx, given: Parameters<typeof aLinkCentre>[0]) {
  return db.linkCentre.create({ data: aLinkCentre(given) })
}

/** Stores {@link aLinkCentreRoom}. */
export function insertLinkCentreRoom(db: Tx, given: Parameters<typeof aLinkCentreRoom>[0]) {
  return db.linkCentreRoom.create({ data: aLinkCentreRoom(given) })
}
