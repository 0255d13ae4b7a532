import type { IncidentView } from '@visavis/contract/http'

type Named<Code extends string> = Readonly<Record<Code, string>>

/** What the report for the authority says. */
export type ReportWords = {
  readonly title: string
  readonly intro: readonly string[]
  readonly headings: Named<'what' | 'clocks' | 'people' | 'reasons' | 'letters' | 'notes' | 'end'>
  readonly terms: Named<
    | 'operator'
    | 'description'
    | 'span'
    | 'systems'
    | 'accounts'
    | 'facilities'
    | 'discovered'
    | 'opened'
    | 'workedOut'
    | 'authority'
    | 'peopleTold'
    | 'reference'
    | 'outcome'
    | 'closed'
  >
  readonly columns: Named<'kind' | 'facility' | 'people' | 'professionals' | 'told' | 'toPrint'>
  readonly kinds: Named<IncidentView['counts'][number]['kind']>
  readonly reasons: Named<IncidentView['reasons'][number]['reason']>
  readonly clock: string
  readonly notYet: string
  readonly outcomes: Named<'DONE' | 'FALSE_ALARM'>
  readonly workedOut: string
}

const EN: ReportWords = {
  title: 'Incident report',
  intro: [
    'For the supervising authority. Figures and ids only: no name of anybody affected is in this report or in the files beside it.',
    'report.json holds the same as signed text (Ed25519); people.csv lists the ids of those affected, for questions about single people.',
  ],
  headings: {
    what: 'What happened',
    clocks: 'By when, and when it was done',
    people: 'Who is affected',
    reasons: 'Why they are counted',
    letters: 'What they were told',
    notes: 'What was found and done',
    end: 'How it ended',
  },
  terms: {
    operator: 'Operator',
    description: 'Description',
    span: 'Data were open',
    systems: 'Open in full',
    accounts: 'Accounts that somebody else may have used',
    facilities: 'Facilities',
    discovered: 'Discovered',
    opened: 'Incident opened',
    workedOut: 'Affected people worked out',
    authority: 'Authority told',
    peopleTold: 'Everybody told',
    reference: 'Reference',
    outcome: 'Outcome',
    closed: 'Closed by two people',
  },
  columns: {
    kind: 'Who',
    facility: 'Facility',
    people: 'People',
    professionals: 'of them lawyers and officials',
    told: 'Told',
    toPrint: 'Still to be told on paper',
  },
  kinds: { VISITOR: 'visitors', INMATE: 'inmates', STAFF: 'staff' },
  reasons: {
    LOOKED_AT: 'named by what an account did, by the audit log',
    LISTED: 'shown by one of its searches, or may have been',
    PEOPLE: 'kept in the register of people',
    DOCUMENTS: 'pictures of documents were kept',
    VISITS: 'took part in visits',
    RECORDINGS: 'recordings were kept',
    MESSAGES: 'messages were kept',
    ACCOUNTS: 'sign-in data were kept',
  },
  clock: '{done} (due {due})',
  notYet: 'not yet',
  outcomes: { DONE: 'all duties done', FALSE_ALARM: 'false alarm' },
  workedOut:
    '{when}, in {seconds} s, from {entries} audit entries of those accounts and from the tables',
}

const RU: ReportWords = {
  title: 'Отчёт об инциденте',
  intro: [
    'Для надзорного органа. Здесь только цифры и номера: ни в отчёте, ни в файлах рядом нет ни одного имени пострадавших.',
    'В report.json то же самое в виде подписанного текста (Ed25519); в people.csv номера пострадавших, на случай вопросов об отдельных людях.',
  ],
  headings: {
    what: 'Что произошло',
    clocks: 'Сроки и исполнение',
    people: 'Кого это касается',
    reasons: 'Почему они учтены',
    letters: 'Что им сообщили',
    notes: 'Что выяснено и сделано',
    end: 'Чем закончилось',
  },
  terms: {
    operator: 'Оператор',
    description: 'Описание',
    span: 'Данные были доступны',
    systems: 'Доступно полностью',
    accounts: 'Учётные записи, которыми мог пользоваться посторонний',
    facilities: 'Учреждения',
    discovered: 'Обнаружено',
    opened: 'Инцидент открыт',
    workedOut: 'Круг пострадавших определён',
    authority: 'Надзорный орган извещён',
    peopleTold: 'Извещены все',
    reference: 'Номер обращения',
    outcome: 'Итог',
    closed: 'Закрыт двумя людьми',
  },
  columns: {
    kind: 'Кто',
    facility: 'Учреждение',
    people: 'Человек',
    professionals: 'из них адвокаты и должностные лица',
    told: 'Извещено',
    toPrint: 'Осталось известить на бумаге',
  },
  kinds: { VISITOR: 'посетители', INMATE: 'заключённые', STAFF: 'сотрудники' },
  reasons: {
    LOOKED_AT: 'названы в действиях учётной записи, по журналу событий',
    LISTED: 'показаны её поиском или могли быть показаны',
    PEOPLE: 'есть в реестре людей',
    DOCUMENTS: 'хранились снимки документов',
    VISITS: 'участвовали в свиданиях',
    RECORDINGS: 'хранились записи',
    MESSAGES: 'хранились сообщения',
    ACCOUNTS: 'хранились данные для входа',
  },
  clock: '{done} (срок {due})',
  notYet: 'ещё нет',
  outcomes: { DONE: 'всё исполнено', FALSE_ALARM: 'ложная тревога' },
  workedOut:
    '{when}, за {seconds} с, по {entries} записям журнала о действиях этих учётных записей и по таблицам',
}

/** Every language in which there is a report. */
export const REPORT_WORDS: Readonly<Record<string, ReportWords>> = { en: EN, ru: RU }
