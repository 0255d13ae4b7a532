import type { Tx } from '../../src/database.ts'
import {
  aFacility,
  aLinkCentre,
  aLinkCentreRoom,
  aMonitorSeat,
  anEstate,
  anOperator,
  aTerminal,
} from '../builders/places.ts'
import {
  DEMO_ESTATE,
  DEMO_FACILITIES,
  DEMO_JURISDICTION,
  DEMO_LINK_CENTRE,
  DEMO_MONITOR_SEATS,
  DEMO_OPERATOR,
} from './demo-data.ts'
import { demoTemplates } from './demo-timetable.ts'
import { stableId } from './stable-id.ts'

const estateId = stableId('estate')
const operatorId = stableId('operator')

/** Stores the demo's places where they are missing; what somebody changed since stays as it is. */
export async function insertDemoPlaces(tx: Tx, now: Date): Promise<void> {
  await tx.estate.createMany({
    data: anEstate({ estateId, name: DEMO_ESTATE }),
    skipDuplicates: true,
  })
  await tx.operator.createMany({
    data: anOperator({ estateId, operatorId, name: DEMO_OPERATOR }),
    skipDuplicates: true,
  })
  await insertFacilities(tx)
  await tx.sessionTemplate.createMany({ data: demoTemplates(now), skipDuplicates: true })
  await insertLinkCentre(tx)
}

async function insertFacilities(tx: Tx): Promise<void> {
  const facilities = DEMO_FACILITIES.map(({ key, name, timeZone }) =>
    aFacility({
      facilityId: stableId(`facility/${key}`),
      estateId,
      operatorId,
      name,
      timeZone,
      jurisdiction: DEMO_JURISDICTION,
    }),
  )
  const terminals = DEMO_FACILITIES.flatMap(({ key, terminals }) =>
    terminals.map((terminal) =>
      aTerminal({
        terminalId: stableId(`terminal/${key}/${terminal.name}`),
        facilityId: stableId(`facility/${key}`),
        ...terminal,
      }),
    ),
  )
  const monitorSeats = DEMO_FACILITIES.flatMap(({ key }) => monitorSeatsOf(key))
  await tx.facility.createMany({ data: facilities, skipDuplicates: true })
  await tx.terminal.createMany({ data: terminals, skipDuplicates: true })
  await tx.monitorSeat.createMany({ data: monitorSeats, skipDuplicates: true })
}

function monitorSeatsOf(facilityKey: string) {
  return Array.from({ length: DEMO_MONITOR_SEATS }, (_, index) =>
    aMonitorSeat({
      monitorSeatId: stableId(`monitor-seat/${facilityKey}/${index + 1}`),
      facilityId: stableId(`facility/${facilityKey}`),
      number: index + 1,
    }),
  )
}

async function insertLinkCentre(tx: Tx): Promise<void> {
  const { key, name, timeZone, address, rooms } = DEMO_LINK_CENTRE
  const linkCentreId = stableId(`link-centre/${key}`)
  await tx.linkCentre.createMany({
    data: aLinkCentre({ linkCentreId, estateId, name, timeZone, address }),
    skipDuplicates: true,
  })
  await tx.linkCentreRoom.createMany({
    data: rooms.map((room) =>
      aLinkCentreRoom({
        linkCentreRoomId: stableId(`link-centre-room/${key}/${room}`),
        linkCentreId,
        name: room,
      }),
    ),
    skipDuplicates: true,
  })
}
