import { isSignLanguage, languageName } from '../wall/wall-languages.ts'

/** Sign languages with words of ours, those of this service's countries first. */
export const SIGNED_CHOICES = ['rsl', 'ase', 'bfi', 'ils'] as const

/** Languages that people in custody and their families most often speak where this service runs. */
const SPOKEN = [
  ...['ru', 'en', 'tt', 'ba', 'cv', 'ce', 'av', 'os', 'kk', 'ky', 'uz', 'tg', 'az', 'hy', 'ka'],
  ...['uk', 'be', 'ro', 'de', 'fr', 'es', 'pt', 'it', 'tr', 'ar', 'fa', 'zh', 'vi', 'pl', 'so'],
] as const

/** The spoken languages to choose from, by their names; those kept before are among them. Pure. */
export function spokenChoices(
  kept: readonly string[],
  reader: string,
  name = (tag: string): string => languageName(tag, reader),
): readonly string[] {
  const tags = new Set([...SPOKEN, ...kept.filter((tag) => !isSignLanguage(tag))])
  return [...tags].toSorted((a, b) => name(a).localeCompare(name(b), reader))
}

/** The list with the tag, or without it if it was there. Pure. */
export function toggled(chosen: readonly string[], tag: string): readonly string[] {
  return chosen.includes(tag) ? chosen.filter((each) => each !== tag) : [...chosen, tag]
}
