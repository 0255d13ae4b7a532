import type { AnyFlagCategory } from '@visavis/contract/flag-kinds'
import type { INCIDENT_KINDS } from '@visavis/contract/http'

/** The languages a report is printed in. */
export type PaperLanguage = 'en' | 'ru'

const en = {
  title: 'Report of a shift',
  of: 'Facility',
  from: 'From',
  to: 'To',
  wing: 'Wing',
  allWings: 'All wings',
  signed: 'Signed by',
  signedAt: 'Signed at',
  note: 'For the next shift',
  noNote: 'Nothing was noted.',
  figures: 'Figures',
  visits: 'Visits',
  completed: 'Completed',
  running: 'Running',
  planned: 'To come',
  failed: 'Failed',
  must: 'Watched, of the time in which somebody must watch',
  all: 'Watched, of all time that may be watched',
  help: 'From a call for help to its answer',
  admission: 'From coming to being let in',
  waits: '{count}; median {median}, nine of ten within {p90}, longest {longest}',
  nobody: 'nobody waited',
  advice: 'Advice by detectors',
  advised: '{told}; right {right}, false alarms {false}',
  noAdvice: 'none',
  open: 'Open matters',
  openRunning: 'Visits under way',
  openUnwatched: 'Of them not watched though somebody must',
  openHelp: 'Calls for help without an answer',
  openTasks: 'Open tasks of the office',
  openFlags: 'Flags to be reviewed',
  incidents: 'What happened',
  noIncidents: 'Nothing of note.',
  hour: 'Hour',
  at: 'At',
  terminal: 'Terminal',
  what: 'What',
  noNames: 'This paper names nobody in a visit. Visits are told apart by time and terminal.',
  page: 'Page {n} of {all}',
}
/** The words of the paper. */
export type ShiftWords = typeof en

const ru: ShiftWords = {
  title: 'Отчёт о смене',
  of: 'Учреждение',
  from: 'С',
  to: 'По',
  wing: 'Корпус',
  allWings: 'Все корпуса',
  signed: 'Подписал',
  signedAt: 'Подписано',
  note: 'Следующей смене',
  noNote: 'Записей нет.',
  figures: 'Показатели',
  visits: 'Свидания',
  completed: 'Состоялись',
  running: 'Идут',
  planned: 'Предстоят',
  failed: 'Не состоялись',
  must: 'Под наблюдением, из времени, когда оно обязательно',
  all: 'Под наблюдением, из всего времени, когда оно возможно',
  help: 'От вызова помощи до ответа',
  admission: 'От прихода до допуска',
  waits: '{count}; медиана {median}, девять из десяти до {p90}, дольше всего {longest}',
  nobody: 'никто не ждал',
  advice: 'Подсказки датчиков',
  advised: '{told}; верных {right}, ложных {false}',
  noAdvice: 'не было',
  open: 'Осталось',
  openRunning: 'Свиданий идёт',
  openUnwatched: 'Из них без обязательного наблюдения',
  openHelp: 'Вызовов помощи без ответа',
  openTasks: 'Открытых задач',
  openFlags: 'Отметок на проверку',
  incidents: 'Что произошло',
  noIncidents: 'Ничего существенного.',
  hour: 'Час',
  at: 'Время',
  terminal: 'Терминал',
  what: 'Что',
  noNames: 'Имён участников свиданий здесь нет: свидание узнают по времени и терминалу.',
  page: 'Страница {n} из {all}',
}

/** The paper's words by language. */
export const SHIFT_WORDS: Readonly<Record<PaperLanguage, ShiftWords>> = { en, ru }

type Kinds = Readonly<Record<(typeof INCIDENT_KINDS)[number], string>>

/** What happened, by language. */
export const INCIDENT_WORDS: Readonly<Record<PaperLanguage, Kinds>> = {
  en: {
    HELP_CALLED: 'Call for help',
    WARNED: 'Warning',
    MUTED: 'Sound switched off',
    PAUSED: 'Visit paused',
    OFFICER_SPOKE: 'An officer spoke',
    TERMINATED: 'Ended by an officer',
    FLAGGED: 'Flagged',
    UNWATCHED: 'Nobody watched',
    FAILED: 'Did not come about',
  },
  ru: {
    HELP_CALLED: 'Вызов помощи',
    WARNED: 'Предупреждение',
    MUTED: 'Звук выключен',
    PAUSED: 'Свидание приостановлено',
    OFFICER_SPOKE: 'Сотрудник говорил',
    TERMINATED: 'Прервано сотрудником',
    FLAGGED: 'Отмечено',
    UNWATCHED: 'Без наблюдения',
    FAILED: 'Не состоялось',
  },
}

type Categories = Readonly<Record<AnyFlagCategory, string>>

/** What was flagged, by language. */
export const CATEGORY_WORDS: Readonly<Record<PaperLanguage, Categories>> = {
  en: {
    CONTRABAND: 'something forbidden',
    THREAT: 'threat',
    THIRD_PERSON: 'somebody who was not let in',
    CONDUCT: 'conduct',
    WELFARE: 'somebody needs help',
    OTHER: 'something else',
    NOT_WATCHED: 'nobody watched',
  },
  ru: {
    CONTRABAND: 'запрещённый предмет',
    THREAT: 'угроза',
    THIRD_PERSON: 'человек, которого не допустили',
    CONDUCT: 'поведение',
    WELFARE: 'кому-то нужна помощь',
    OTHER: 'другое',
    NOT_WATCHED: 'без наблюдения',
  },
}

/** Fills the slots of a text. */
export function fill(text: string, slots: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, slot: string) => String(slots[slot] ?? ''))
}
