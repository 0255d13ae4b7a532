/** A catalogue as it is written in its file: words, in groups of any depth. */
export type Catalogue = { readonly [key: string]: string | Catalogue }

/** Suffixes that i18next puts on a key for each plural form (CLDR's names). */
const PLURAL_FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'] as const

/** Every key with its words, groups joined by dots. */
export function flatten(catalogue: Catalogue, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [key, value] of Object.entries(catalogue)) {
    if (typeof value === 'string') flat.set(prefix + key, value)
    else for (const [inner, words] of flatten(value, `${prefix}${key}.`)) flat.set(inner, words)
  }
  return flat
}

/** A key without its plural form, as code asks for it. */
export function baseKey(key: string): string {
  const form = PLURAL_FORMS.find((suffix) => key.endsWith(`_${suffix}`))
  return form === undefined ? key : key.slice(0, -form.length - 1)
}

/** What a catalogue lacks: of each plural key every form that its language tells apart. */
export function missingPluralForms(catalogue: Catalogue, language: string): string[] {
  const keys = [...flatten(catalogue).keys()]
  const plural = new Set(keys.filter((key) => baseKey(key) !== key).map(baseKey))
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  return [...plural]
    .flatMap((base) => forms.map((form) => `${base}_${form}`))
    .filter((key) => !keys.includes(key))
}

/** The `{{names}}` that words are filled with, in order. */
export function slotsOf(words: string): string[] {
  return [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, slot]) => slot ?? '').toSorted()
}

/**
 * The keys that source code asks for: those written out, and those put together (`errors.${code}.cure`)
 * as patterns. Any quoted text of the shape `group.key` counts, since keys are also chosen in tables.
 */
export function usedKeys(source: string): { readonly keys: string[]; readonly patterns: RegExp[] } {
  const asked = source.matchAll(/\bt\(\s*(?:[\w.!=<>()\s]+\?\s*)?(['"`])((?:(?!\1).)+)\1/g)
  const quoted = source.matchAll(/(['"])([a-z]\w*(?:\.\w+)+)\1/g)
  const built = source.matchAll(/`([a-z]\w*\.[^`]*\$\{[^`]*)`/g)
  const plain = [...asked, ...quoted].map(([, , key]) => key ?? '')
  return {
    keys: plain.filter((key) => !key.includes('${')),
    patterns: [...built].map(([, text]) => patternOf(text ?? '')),
  }
}

/** `errors.${code}.cure` matches any one name in place of what is put in. */
function patternOf(template: string): RegExp {
  const parts = template
    .split(/\$\{[^}]*\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('\\w+')}$`)
}
