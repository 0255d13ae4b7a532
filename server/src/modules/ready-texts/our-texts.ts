import type { ReadyText } from './ready-text-rules.ts'

/** The ids are for good: a facility's own words for one of them, and what was told with it, name it by its id. */
const idOf = (number: number): string =>
  `0b5e7a00-0000-4000-8000-${String(number).padStart(12, '0')}`

const ours = (
  number: number,
  kind: ReadyText['kind'],
  texts: { readonly en: string; readonly ru: string },
): ReadyText => ({ readyTextId: idOf(number), kind, texts, version: 0, isOurs: true })

/** What every facility begins with: plain words that name what is to change, and threaten nobody. */
export const OUR_TEXTS: readonly ReadyText[] = [
  ours(1, 'WARN', {
    en: 'Please mind how you speak to each other. If it goes on, the visit may be stopped.',
    ru: 'Пожалуйста, следите за тем, как вы разговариваете друг с другом. Иначе свидание могут прервать.',
  }),
  ours(2, 'WARN', {
    en: 'Please stay in the picture, so that everybody can be seen.',
    ru: 'Пожалуйста, оставайтесь в кадре, чтобы всех было видно.',
  }),
  ours(3, 'WARN', {
    en: 'There is somebody in the picture who was not let in. Please ask them to leave the room.',
    ru: 'В кадре человек, которого не допустили к свиданию. Пожалуйста, попросите его выйти из комнаты.',
  }),
  ours(4, 'WARN', {
    en: 'What you are showing is not allowed. Please take it out of the picture.',
    ru: 'То, что вы показываете, запрещено. Пожалуйста, уберите это из кадра.',
  }),
  ours(5, 'WARN', {
    en: 'This subject may not be spoken about here. Please talk about something else.',
    ru: 'Об этом здесь говорить нельзя. Пожалуйста, смените тему.',
  }),
  ours(6, 'WARN', {
    en: 'Please do not film or record the visit with another device.',
    ru: 'Пожалуйста, не снимайте и не записывайте свидание другим устройством.',
  }),
  ours(7, 'TERMINATE', {
    en: 'Ended after warnings that changed nothing.',
    ru: 'Прервано после предупреждений, которые не помогли.',
  }),
  ours(8, 'TERMINATE', {
    en: 'Ended at once because somebody was in danger.',
    ru: 'Прервано немедленно: кому-то угрожала опасность.',
  }),
]
