import type { BookingState } from '@visavis/contract/booking-lifecycle'
import type { VisitClass } from '@visavis/contract/media-policy'
import type { Outcome } from '@visavis/contract/visit'
import type { DATA_EXPORT_STATES, SignInMethod } from '@visavis/contract/http'
import type { PersonalFile } from '../people/index.ts'
import { DATA_WORDS_RU } from './data-words-ru.ts'

type Relationship = PersonalFile['relationships'][number]
type Named<Code extends string> = Readonly<Record<Code, string>>

/** What the readable page of somebody's own data says. */
export type DataWords = {
  readonly title: string
  readonly intro: readonly string[]
  readonly headings: Named<
    | 'person'
    | 'pictures'
    | 'children'
    | 'relationships'
    | 'visits'
    | 'recordings'
    | 'messages'
    | 'signIns'
    | 'tests'
    | 'copies'
    | 'missing'
  >
  readonly terms: Named<
    | 'name'
    | 'birthDate'
    | 'email'
    | 'phone'
    | 'language'
    | 'timeZone'
    | 'verification'
    | 'profession'
    | 'guardian'
    | 'registered'
    | 'passkeys'
    | 'app'
  >
  readonly columns: Named<
    | 'when'
    | 'facility'
    | 'with'
    | 'what'
    | 'state'
    | 'outcome'
    | 'kept'
    | 'until'
    | 'lookedAt'
    | 'how'
    | 'device'
    | 'since'
    | 'fetched'
  >
  readonly none: string
  readonly yes: string
  readonly destroyed: string
  readonly held: string
  readonly picture: string
  readonly sound: string
  readonly verification: Named<PersonalFile['profile']['verification']>
  readonly documents: Named<PersonalFile['profile']['documents'][number]['kind']>
  readonly kinds: Named<Relationship['kind']>
  readonly relationshipStates: Named<Relationship['state']>
  readonly classes: Named<VisitClass>
  readonly bookings: Named<BookingState>
  readonly outcomes: Named<Outcome>
  readonly channels: Named<'EMAIL' | 'SMS' | 'TERMINAL'>
  readonly methods: Named<SignInMethod>
  readonly lights: Readonly<Record<string, string>>
  readonly exports: Named<(typeof DATA_EXPORT_STATES)[number]>
  /** What is not in here, and why. */
  readonly missing: readonly string[]
}

const DATA_WORDS_EN: DataWords = {
  title: 'Your data',
  intro: [
    'This is what the service of video visits keeps about the person named below. The same is in my-data.json, for programs.',
    'Something is wrong? You can have your name, birth date and contact data corrected on the page “Your details”.',
    'Keep this file as safe as a letter: whoever has it can read it.',
  ],
  headings: {
    person: 'Person',
    pictures: 'Pictures that you uploaded',
    children: 'Children',
    relationships: 'People you asked to meet',
    visits: 'Visits',
    recordings: 'Recordings',
    messages: 'Messages we sent',
    signIns: 'Sign-ins',
    tests: 'Tests of your devices',
    copies: 'Copies of your data',
    missing: 'What is not in here, and why',
  },
  terms: {
    name: 'Name',
    birthDate: 'Birth date',
    email: 'E-mail',
    phone: 'Telephone',
    language: 'Language',
    timeZone: 'Time zone',
    verification: 'Identity',
    profession: 'Professional standing',
    guardian: 'Guardian',
    registered: 'Account since',
    passkeys: 'Passkeys',
    app: 'App for codes since',
  },
  columns: {
    when: 'When',
    facility: 'Facility',
    with: 'With',
    what: 'What',
    state: 'State',
    outcome: 'How it ended',
    kept: 'Kept of you',
    until: 'Until',
    lookedAt: 'Looked at by',
    how: 'How',
    device: 'Device',
    since: 'Since',
    fetched: 'Fetched',
  },
  none: 'None.',
  yes: 'yes',
  destroyed: 'destroyed',
  held: 'kept longer by law',
  picture: 'picture',
  sound: 'sound',
  verification: {
    MISSING: 'not shown yet',
    SUBMITTED: 'being checked',
    VERIFIED: 'confirmed',
    REJECTED: 'not confirmed',
  },
  documents: {
    ID_FRONT: 'Identity document, front',
    ID_BACK: 'Identity document, back',
    PHOTO: 'Photograph',
    ADDRESS_PROOF: 'Proof of address',
  },
  kinds: {
    PARTNER: 'partner',
    PARENT: 'parent',
    CHILD: 'child',
    SIBLING: 'brother or sister',
    GRANDPARENT: 'grandparent',
    GRANDCHILD: 'grandchild',
    OTHER_RELATIVE: 'relative',
    FRIEND: 'friend',
    LAWYER: 'lawyer',
    OFFICIAL: 'official',
  },
  relationshipStates: {
    REQUESTED: 'asked for',
    APPROVED: 'approved',
    REJECTED: 'refused',
    SUSPENDED: 'suspended',
    BANNED: 'banned',
    ENDED: 'ended',
    WITHDRAWN: 'withdrawn',
  },
  classes: { social: 'family', official: 'official', privileged: 'privileged' },
  bookings: {
    HELD: 'being booked',
    EXPIRED: 'not finished',
    REQUESTED: 'asked for',
    CONFIRMED: 'confirmed',
    REJECTED: 'refused',
    WITHDRAWN: 'withdrawn',
    CANCELLED: 'cancelled',
    SUSPENDED: 'suspended',
    FULFILLED: 'took place',
  },
  outcomes: {
    COMPLETED: 'completed',
    VISITOR_EARLY: 'the visitor left early',
    INMATE_EARLY: 'the inmate left early',
    STAFF_TERMINATED: 'ended by staff',
    NO_SHOW_VISITOR: 'the visitor did not come',
    NO_SHOW_INMATE: 'the inmate was not there',
    INMATE_REFUSED: 'the inmate declined',
    VISITOR_DENIED: 'the visitor was not let in',
    FAILED_TECH_VISITOR: 'trouble at the visitor’s',
    FAILED_TECH_FACILITY: 'trouble at the facility',
    FAILED_TECH_PLATFORM: 'trouble of the service',
    FACILITY_CANCELLED: 'cancelled by the facility',
  },
  channels: { EMAIL: 'e-mail', SMS: 'text message', TERMINAL: 'at the terminal' },
  methods: {
    PASSWORD: 'password',
    PASSKEY: 'passkey',
    PASSWORD_TOTP: 'password and code',
    PASSWORD_RECOVERY_CODE: 'password and recovery code',
    SET_UP_CODE: 'one-time code',
    ROOM_CODE: 'at a link centre',
  },
  lights: { GREEN: 'good', AMBER: 'usable', RED: 'not usable' },
  exports: { ASKED: 'being made', READY: 'ready', EXPIRED: 'destroyed', FAILED: 'not made' },
  missing: [
    'Recordings are named and not included: other people are in them. The page “Recorded of you” says how to object to one.',
    'Who watched a visit live, and what staff noted for their duty to keep people safe: the law lets the facility keep that to itself. Ask its visits office.',
    'Who looked at a recording in the last 90 days: an inquiry must not be given away by its own trace. Afterwards it is told.',
    'The audit log: its entries name you by a number only, and it cannot be changed by anybody.',
    'Passwords, keys and codes: we do not have them, only what is needed to check them.',
  ],
}

const WORDS: Readonly<Record<string, DataWords>> = { en: DATA_WORDS_EN, ru: DATA_WORDS_RU }

/** The words for a reader, and the language they are in: English where we do not speak theirs. */
export function dataWordsFor(language: string): { language: string; words: DataWords } {
  const spoken = language.toLowerCase().split('-')[0] ?? 'en'
  const words = WORDS[spoken]
  return words ? { language: spoken, words } : { language: 'en', words: DATA_WORDS_EN }
}
