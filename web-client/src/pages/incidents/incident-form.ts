import type { CallInput } from '../../api/api.ts'

export type OpeningBody = CallInput<'openIncident'>['body']
export type Wrong = (typeof FIELDS)[number]

/** What the form holds, as text; times are local, as the browser's own field gives them. */
export type IncidentDraft = {
  readonly title: string
  readonly description: string
  readonly fromAt: string
  readonly toAt: string
  readonly discoveredAt: string
  readonly systems: readonly OpeningBody['systems'][number][]
  readonly logins: string
  readonly facilityIds: readonly string[]
}

/** The server takes nothing shorter. */
const SHORTEST = 3

const instantOf = (local: string): string | null => {
  const at = new Date(local)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

const isTooShort = (text: string): boolean => text.trim().length < SHORTEST

/** Fields in the order of the form. */
const FIELDS = ['title', 'description', 'span', 'discovered', 'about', 'facilities'] as const

const wrongOf = (isWrong: Readonly<Record<Wrong, boolean>>): readonly Wrong[] =>
  FIELDS.filter((field) => isWrong[field])

/** What is to be sent, or what is wrong with the form, field by field. */
export function openingOf(
  draft: IncidentDraft,
): { readonly body: OpeningBody } | { readonly wrong: readonly Wrong[] } {
  const { title, description, systems, facilityIds } = draft
  const [fromAt, toAt] = [instantOf(draft.fromAt), instantOf(draft.toAt)]
  const discoveredAt = instantOf(draft.discoveredAt)
  const logins = draft.logins.split(/[\s,;]+/).filter((login) => login !== '')
  const hasSpan = fromAt !== null && toAt !== null && fromAt < toAt
  const wrong = wrongOf({
    title: isTooShort(title),
    description: isTooShort(description),
    span: !hasSpan,
    discovered: discoveredAt === null,
    about: systems.length + logins.length === 0,
    facilities: facilityIds.length === 0,
  })
  if (wrong.length > 0 || fromAt === null || toAt === null || discoveredAt === null)
    return { wrong }
  const said = { title: title.trim(), description: description.trim() }
  const body = { ...said, fromAt, toAt, discoveredAt, systems: [...systems], logins }
  return { body: { ...body, facilityIds: [...facilityIds] } }
}
