import { z } from 'zod'
import { LanguageTag } from '../ids.ts'
import { KEYED, SIGNED_IN, route } from './route.ts'

/** Nobody reads more languages than this to any use. */
const MOST_LANGUAGES = 12

/** A language that somebody can follow; sign languages have tags too (`rsl`, `ase`). */
const FollowedLanguage = LanguageTag.refine(isTag, 'This is no language tag.')

/** What an officer reads, speaks or signs, best first. */
export const OfficerLanguages = z.object({ languages: z.array(LanguageTag) })
export type OfficerLanguages = z.output<typeof OfficerLanguages>

/** What an officer says of themselves (OV-4). */
export const officerRoutes = {
  myLanguages: route({
    method: 'GET',
    path: '/api/my/languages',
    summary: 'The languages that the signed-in officer can follow.',
    access: { kind: 'account', roles: ['officer'] },
    reply: OfficerLanguages,
    refusals: SIGNED_IN,
  }),
  setMyLanguages: route({
    method: 'PUT',
    path: '/api/my/languages',
    summary:
      'Says which languages the officer can follow; visits in a rare one come first on the wall.',
    access: { kind: 'account', roles: ['officer'] },
    isKeyed: true,
    body: z.strictObject({ languages: z.array(FollowedLanguage).max(MOST_LANGUAGES) }),
    reply: OfficerLanguages,
    refusals: [...SIGNED_IN, ...KEYED],
  }),
} as const

function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
