import { z } from 'zod'
import { TextsShape } from '../interventions.ts'
import { EMPTY, KEYED, SIGNED_IN, Version, route } from './route.ts'

/** What a ready text is for: a warning that people are shown, or the words noted at the end of a visit. */
export const READY_TEXT_KINDS = ['WARN', 'TERMINATE'] as const
export const ReadyTextKind = z.enum(READY_TEXT_KINDS)

/** Languages that every ready text has, so that each page can show it. */
export const READY_TEXT_LANGUAGES = ['en', 'ru'] as const

const Words = TextsShape.refine(
  (texts) => READY_TEXT_LANGUAGES.every((language) => texts[language] !== undefined),
  'Write the text in each of the languages of the pages.',
)

/** A text that officers have at hand (OV-5). */
export const ReadyTextView = z.object({
  readyTextId: z.uuid(),
  kind: ReadyTextKind,
  texts: TextsShape,
  version: Version,
  /** It is as we wrote it; false: the facility's own words. */
  isOurs: z.boolean(),
})
export type ReadyTextView = z.output<typeof ReadyTextView>

const ADMIN = ['facilityAdmin'] as const

/** Texts that a facility's officers have at hand when they intervene in a visit (OV-5). */
export const readyTextRoutes = {
  readyTexts: route({
    method: 'GET',
    path: '/api/ready-texts',
    summary:
      "The ready texts of the caller's facility, by kind, in the order of the officers' keys.",
    access: { kind: 'account', roles: ['officer', 'facilityAdmin'] },
    reply: z.object({ readyTexts: z.array(ReadyTextView) }),
    refusals: SIGNED_IN,
  }),
  addReadyText: route({
    method: 'POST',
    path: '/api/ready-texts',
    summary: 'Adds a text, after the others of its kind.',
    access: { kind: 'account', roles: ADMIN },
    isKeyed: true,
    body: z.strictObject({ kind: ReadyTextKind, texts: Words }),
    reply: ReadyTextView,
    refusals: [...SIGNED_IN, ...KEYED],
  }),
  changeReadyText: route({
    method: 'PUT',
    path: '/api/ready-texts/:readyTextId',
    summary: 'Writes a text anew; what people were shown before stays as it was told.',
    access: { kind: 'account', roles: ADMIN },
    isKeyed: true,
    params: z.object({ readyTextId: z.uuid() }),
    body: z.strictObject({ texts: Words, version: Version }),
    reply: ReadyTextView,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'VERSION_CHANGED'],
  }),
  retireReadyText: route({
    method: 'POST',
    path: '/api/ready-texts/:readyTextId/retirement',
    summary: "Takes a text out of the officers' hands.",
    access: { kind: 'account', roles: ADMIN },
    isKeyed: true,
    params: z.object({ readyTextId: z.uuid() }),
    body: z.strictObject({ version: Version }),
    reply: EMPTY,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'VERSION_CHANGED'],
  }),
} as const
