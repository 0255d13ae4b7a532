import type { Reply } from '../../api/api.ts'

export type Message = Reply<'mailFolder'>['messages'][number]
export type Attachment = Message['attachments'][number]

/** A piece of a message's text: words, or an address that can be followed. */
export type TextPart = { readonly text: string; readonly isLink: boolean }

/** Ends before what closes a sentence. */
const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/

/** Splits a text into words and addresses; joined together they are the text. */
export function partsOf(text: string): TextPart[] {
  return text
    .split(ADDRESS)
    .map((part, index) => ({ text: part, isLink: index % 2 === 1 }))
    .filter((part) => part.text !== '')
}

/** What a browser is told about an attachment, by the end of its name. */
export function mimeTypeOf({ name }: Pick<Attachment, 'name'>): string {
  return name.endsWith('.ics') ? 'text/calendar' : 'text/plain'
}
