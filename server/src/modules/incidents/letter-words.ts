import type { IncidentReason } from '@visavis/contract/http'

/** What letters are filled with for each person. */
export const LETTER_SLOTS = ['operator', 'facility', 'from', 'to', 'data'] as const
export type LetterSlot = (typeof LETTER_SLOTS)[number]

type LetterWords = {
  /** What we would write; two people may change it before it goes out. */
  readonly template: string
  readonly data: Readonly<Record<IncidentReason, string>>
  readonly title: string
  readonly dear: string
  readonly page: string
  /** For somebody of whom no facility is known. */
  readonly noFacility: string
}

const EN: LetterWords = {
  template: [
    'We are writing to you because somebody who was not allowed to may have read data about you. We are sorry: it is our duty to keep them safe.',
    'What happened: between {from} and {to}, data of the video visits at {facility} were open to somebody who should not have seen them. What may have been read about you: {data}.',
    'What we have done: the way in is closed, everybody was signed out there, and the authority that watches over us has been told or will be told within ten days of the discovery.',
    'What you can do: be careful with calls, mails and letters that mention your visits or ask you for money, passwords or documents. We never ask for a password. If you use the same password elsewhere, change it there. Tell the visits office of the facility if something strange happens.',
    'You need not do anything for your visits: they take place as booked. You may ask us at any time for a copy of all data that we keep of you.',
    '{operator}',
  ].join('\n\n'),
  data: {
    LOOKED_AT: 'your name and what the page that was opened shows of you',
    LISTED: 'your name, as lists of people or visits show it',
    PEOPLE: 'name, birth date and contact data',
    DOCUMENTS: 'pictures of your identity document and your photograph',
    VISITS: 'when and with whom you had visits',
    RECORDINGS: 'recordings of your visits',
    MESSAGES: 'messages that we sent to you',
    ACCOUNTS: 'your sign-in data; your password itself is not among them',
  },
  title: 'Important news about your personal data',
  dear: 'Hello {name},',
  page: 'Page {n} of {all}',
  noFacility: 'our facilities',
}

const RU: LetterWords = {
  template: [
    'Мы пишем вам, потому что данные о вас мог прочесть тот, кто не имел на это права. Нам очень жаль: беречь их — наша обязанность.',
    'Что произошло: с {from} по {to} данные о видеосвиданиях ({facility}) были доступны постороннему. О вас могли прочесть следующее: {data}.',
    'Что мы сделали: доступ закрыт, все, кто там работал, вышли из системы, а надзорный орган уже извещён или будет извещён не позже чем через десять дней после обнаружения.',
    'Что можете сделать вы: будьте осторожны, если вам звонят или пишут о ваших свиданиях, просят деньги, пароль или документы. Мы никогда не спрашиваем пароль. Если такой же пароль у вас где-то ещё, смените его там. Заметите что-то странное — сообщите в отдел свиданий учреждения.',
    'Для свиданий делать ничего не нужно: они пройдут, как назначено. В любое время вы можете попросить у нас копию всех данных, которые мы о вас храним.',
    '{operator}',
  ].join('\n\n'),
  data: {
    LOOKED_AT: 'ваше имя и то, что показывает о вас открытая страница',
    LISTED: 'ваше имя, как оно стоит в списках людей и свиданий',
    PEOPLE: 'имя, дата рождения и контакты',
    DOCUMENTS: 'снимки вашего документа и ваша фотография',
    VISITS: 'когда и с кем у вас были свидания',
    RECORDINGS: 'записи ваших свиданий',
    MESSAGES: 'сообщения, которые мы вам отправляли',
    ACCOUNTS: 'данные для входа; самого пароля среди них нет',
  },
  title: 'Важное сообщение о ваших личных данных',
  dear: 'Здравствуйте, {name}!',
  page: 'Страница {n} из {all}',
  noFacility: 'в наших учреждениях',
}

/** Every language in which we have a letter; another one is another entry here. */
export const LETTER_WORDS: Readonly<Record<string, LetterWords>> = { en: EN, ru: RU }

/** The words for a language, English where we do not speak it. */
export function letterWordsFor(language: string): { language: string; words: LetterWords } {
  const spoken = language.toLowerCase().split('-')[0] ?? 'en'
  const words = LETTER_WORDS[spoken]
  return words ? { language: spoken, words } : { language: 'en', words: EN }
}
