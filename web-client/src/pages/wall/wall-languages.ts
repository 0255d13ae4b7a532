import type { WallVisit } from '@visavis/contract/visit'

/**
 * Sign languages by their ISO 639-3 codes, as far as facilities of this service have asked for them; `sgn`
 * stands for any.
 */
const SIGN_LANGUAGES: ReadonlySet<string> = new Set([
  ...['sgn', 'rsl', 'ukl', 'ase', 'bfi', 'ils', 'gsg', 'fsl', 'ssp', 'ise', 'pso', 'cse', 'svk'],
  ...['hsh', 'swl', 'nsl', 'dsl', 'fse', 'dse', 'vgt', 'sfb', 'sgg', 'asq', 'psr', 'bzs', 'mfs'],
  ...['tsm', 'isr', 'jsl', 'csl', 'kvk', 'asf', 'nzs', 'eso', 'lls', 'lsl', 'rms', 'bqn', 'gss'],
])

/** Stands for "somebody signs" among the languages that the wall can be filtered by. */
export const SIGNED = 'sgn'

/** Above this share of the visits a language is everybody's: it tells no officer from another. */
const COMMON_SHARE = 0.5

/** What two spellings of a language have in common: `pt-BR` is `pt`. */
export function baseOf(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? ''
}

/** Whether a tag is of a language that is signed. */
export function isSignLanguage(tag: string): boolean {
  return SIGN_LANGUAGES.has(baseOf(tag))
}

/** What is spoken and signed in a visit, without regions. */
export function languagesOf({ languages, isSigned }: WallVisit): readonly string[] {
  const spoken = [...new Set(languages.map(baseOf))]
  return isSigned ? [...spoken, SIGNED] : spoken
}

/** The languages that most of the visits have. */
export function commonLanguages(visits: readonly WallVisit[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const visit of visits) {
    for (const tag of languagesOf(visit)) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  }
  const most = [...counts].filter(([, count]) => count > visits.length * COMMON_SHARE)
  return new Set(most.map(([tag]) => tag))
}

/**
 * Those of the visits that this officer is wanted for (OV-4): somebody in them speaks, or signs, what the
 * officer can follow and not everybody can. Pure.
 */
export function visitsFor(
  visits: readonly WallVisit[],
  officerLanguages: readonly string[],
): ReadonlySet<string> {
  const known = new Set(officerLanguages.map((tag) => (isSignLanguage(tag) ? SIGNED : baseOf(tag))))
  const common = commonLanguages(visits)
  const isFor = (visit: WallVisit): boolean =>
    languagesOf(visit).some((tag) => known.has(tag) && !common.has(tag))
  return new Set(visits.filter(isFor).map(({ visitId }) => visitId))
}

/** A language's name for whoever reads `reader`; its tag where the browser has no name for it. */
export function languageName(tag: string, reader: string): string {
  return new Intl.DisplayNames([reader], { type: 'language' }).of(tag) ?? tag
}
