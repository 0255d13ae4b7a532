import type { AccountRole, CustodyState, VerificationState } from '../../generated/client/enums.ts'

/** The demo's people and places: invented, with e-mail at domains reserved for examples (RFC 2606, TR-6). */

export const DEMO_ESTATE = 'Demonstration estate'
export const DEMO_OPERATOR = 'Vis-à-vis demonstration'
/** Whose legal limits bind the demo's facilities. */
export const DEMO_JURISDICTION = 'UN'

type DemoFacility = {
  readonly key: string
  readonly name: string
  readonly timeZone: string
  readonly terminals: readonly { readonly name: string; readonly wing: string }[]
}

const TERMINALS = [
  { name: 'Terminal 1', wing: 'A' },
  { name: 'Terminal 2', wing: 'A' },
  { name: 'Terminal 3', wing: 'B' },
]

export const DEMO_FACILITIES: readonly DemoFacility[] = [
  { key: 'krasnoyarsk', name: 'Krasnoyarsk', timeZone: 'Asia/Krasnoyarsk', terminals: TERMINALS },
  { key: 'kaliningrad', name: 'Kaliningrad', timeZone: 'Europe/Kaliningrad', terminals: TERMINALS },
]

/** Visits that one facility can have watched at once. */
export const DEMO_MONITOR_SEATS = 8

export const DEMO_LINK_CENTRE = {
  key: 'moscow',
  name: 'Moscow',
  timeZone: 'Europe/Moscow',
  address: '1 Example Street, Moscow',
  rooms: ['Room 1', 'Room 2'],
} as const

type DemoInmate = {
  readonly key: string
  readonly facility: string
  readonly wing: string
  readonly inmateNumber: string
  readonly givenName: string
  readonly familyName: string
  readonly birthDate: string
  readonly language: string
  readonly pin: string
  /** Absent: IN_CUSTODY. */
  readonly custody?: CustodyState
  readonly custodyAt?: Date
}

export const DEMO_INMATES: readonly DemoInmate[] = [
  {
    key: 'dmitri',
    facility: 'krasnoyarsk',
    wing: 'A',
    inmateNumber: 'K-1001',
    givenName: 'Dmitri',
    familyName: 'Sokolov',
    birthDate: '1988-03-14',
    language: 'ru',
    pin: '480215',
  },
  {
    key: 'pavel',
    facility: 'krasnoyarsk',
    wing: 'A',
    inmateNumber: 'K-1002',
    givenName: 'Pavel',
    familyName: 'Orlov',
    birthDate: '1979-11-02',
    language: 'ru',
    pin: '731946',
  },
  {
    key: 'timur',
    facility: 'krasnoyarsk',
    wing: 'B',
    inmateNumber: 'K-1003',
    givenName: 'Timur',
    familyName: 'Akhmetov',
    birthDate: '1993-07-21',
    language: 'ru',
    pin: '206837',
  },
  {
    key: 'rustam',
    facility: 'krasnoyarsk',
    wing: 'B',
    inmateNumber: 'K-1004',
    givenName: 'Rustam',
    familyName: 'Karimov',
    birthDate: '1982-10-05',
    language: 'ru',
    pin: '652918',
  },
  {
    key: 'stepan',
    facility: 'krasnoyarsk',
    wing: 'B',
    inmateNumber: 'K-1005',
    givenName: 'Stepan',
    familyName: 'Egorov',
    birthDate: '1949-02-27',
    language: 'ru',
    pin: '174035',
    custody: 'DECEASED',
    custodyAt: new Date('2026-11-20T22:10:00Z'),
  },
  {
    key: 'anton',
    facility: 'krasnoyarsk',
    wing: 'B',
    inmateNumber: 'K-1006',
    givenName: 'Anton',
    familyName: 'Zhukov',
    birthDate: '1991-06-16',
    language: 'ru',
    pin: '938462',
  },
  {
    key: 'viktor',
    facility: 'kaliningrad',
    wing: 'A',
    inmateNumber: 'G-2001',
    givenName: 'Viktor',
    familyName: 'Lebedev',
    birthDate: '1984-01-30',
    language: 'ru',
    pin: '594172',
  },
  {
    key: 'mark',
    facility: 'kaliningrad',
    wing: 'A',
    inmateNumber: 'G-2002',
    givenName: 'Mark',
    familyName: 'Weber',
    birthDate: '1990-09-09',
    language: 'en',
    pin: '318605',
  },
  {
    key: 'ilya',
    facility: 'kaliningrad',
    wing: 'B',
    inmateNumber: 'G-2003',
    givenName: 'Ilya',
    familyName: 'Morozov',
    birthDate: '1996-05-17',
    language: 'ru',
    pin: '867290',
  },
]

type DemoVisitor = {
  readonly key: string
  readonly givenName: string
  readonly familyName: string
  readonly birthDate: string
  readonly email: string
  readonly language: string
  readonly timeZone: string
  /** Absent: VERIFIED. */
  readonly verification?: VerificationState
}

export const DEMO_VISITORS: readonly DemoVisitor[] = [
  {
    key: 'anna',
    givenName: 'Anna',
    familyName: 'Sokolova',
    birthDate: '1961-06-05',
    email: 'anna.sokolova@example.org',
    language: 'ru',
    timeZone: 'Europe/Moscow',
  },
  {
    key: 'galina',
    givenName: 'Galina',
    familyName: 'Orlova',
    birthDate: '1981-02-19',
    email: 'galina.orlova@example.org',
    language: 'ru',
    timeZone: 'Asia/Yekaterinburg',
  },
  {
    key: 'aliya',
    givenName: 'Aliya',
    familyName: 'Akhmetova',
    birthDate: '1995-12-11',
    email: 'aliya.akhmetova@example.org',
    language: 'ru',
    timeZone: 'Asia/Almaty',
  },
  {
    key: 'maria',
    givenName: 'Maria',
    familyName: 'Lebedeva',
    birthDate: '1986-08-23',
    email: 'maria.lebedeva@example.org',
    language: 'ru',
    timeZone: 'Europe/Moscow',
  },
  {
    key: 'emma',
    givenName: 'Emma',
    familyName: 'Weber',
    birthDate: '1964-10-01',
    email: 'emma.weber@example.com',
    language: 'en',
    timeZone: 'Europe/Berlin',
  },
  {
    key: 'olga',
    givenName: 'Olga',
    familyName: 'Morozova',
    birthDate: '1971-04-27',
    email: 'olga.morozova@example.com',
    language: 'en',
    timeZone: 'Europe/London',
  },
  {
    key: 'boris',
    givenName: 'Boris',
    familyName: 'Levin',
    birthDate: '1974-03-08',
    email: 'boris.levin@example.org',
    language: 'ru',
    timeZone: 'Europe/Moscow',
  },
  {
    key: 'nina',
    givenName: 'Nina',
    familyName: 'Belova',
    birthDate: '1998-09-30',
    email: 'nina.belova@example.org',
    language: 'ru',
    timeZone: 'Asia/Krasnoyarsk',
    verification: 'SUBMITTED',
  },
  {
    key: 'larisa',
    givenName: 'Larisa',
    familyName: 'Karimova',
    birthDate: '1957-12-03',
    email: 'larisa.karimova@example.org',
    language: 'ru',
    timeZone: 'Europe/Moscow',
  },
  {
    key: 'polina',
    givenName: 'Polina',
    familyName: 'Egorova',
    birthDate: '1976-07-14',
    email: 'polina.egorova@example.org',
    language: 'ru',
    timeZone: 'Asia/Novosibirsk',
  },
  {
    key: 'tamara',
    givenName: 'Tamara',
    familyName: 'Zhukova',
    birthDate: '1968-01-22',
    email: 'tamara.zhukova@example.org',
    language: 'ru',
    timeZone: 'Asia/Krasnoyarsk',
  },
  {
    key: 'sergei',
    givenName: 'Sergei',
    familyName: 'Gromov',
    birthDate: '1980-05-09',
    email: 'sergei.gromov@example.org',
    language: 'ru',
    timeZone: 'Europe/Moscow',
  },
]

/** The roles of which each facility has one account. */
export const DEMO_FACILITY_ROLES = [
  { role: 'officer', givenName: 'Oleg', familyName: 'Smirnov' },
  { role: 'scheduler', givenName: 'Svetlana', familyName: 'Popova' },
  { role: 'facilityAdmin', givenName: 'Andrei', familyName: 'Volkov' },
  { role: 'investigator', givenName: 'Irina', familyName: 'Zaitseva' },
] as const satisfies readonly { role: AccountRole; givenName: string; familyName: string }[]
