import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { FACE_FINDINGS } from '@visavis/contract/advice'
import { ERROR_STATUS } from '@visavis/contract/errors'
import { HELP_ANSWERS, HELP_NEEDS } from '@visavis/contract/help-kinds'
import { ELIGIBILITY_CHECKS, NEXT_STEPS, VERDICTS } from '@visavis/contract/eligibility'
import {
  BLACKOUT_SCOPES,
  BOOKING_REASONS,
  REJECTED_FIELDS,
  REJECTION_REASONS,
  RELATIONSHIP_KINDS,
  RELATIONSHIP_STATES,
  RESTRICTION_KINDS,
  SUGGESTIONS,
  TASK_KINDS,
  VERIFICATION_STATES,
} from '@visavis/contract/http'
import { BOOKING_STATES } from '@visavis/contract/booking-lifecycle'
import { MONITOR_MODES, VISIT_CLASSES } from '@visavis/contract/media-policy'
import { LIGHTS, PREFLIGHT_DEVICES, PREFLIGHT_PROBLEMS } from '@visavis/contract/preflight-rules'
import { SEAT_STATES } from '@visavis/contract/seat-lifecycle'
import { SESSION_STATES } from '@visavis/contract/session-lifecycle'
import { TIMELINE_KINDS } from '@visavis/contract/timeline'
import { ATTENTION_REASONS, OUTCOMES, WAITING_REASONS } from '@visavis/contract/visit'
import { REFUSAL_REASONS, TERMINATION_REASONS } from '@visavis/contract/wall-socket'
import { describe, expect, it } from 'vitest'
import { baseKey, flatten, missingPluralForms, slotsOf, usedKeys } from './catalogue-check.ts'
import type { Catalogue } from './catalogue-check.ts'
import { languageOfFile } from './languages.ts'

const REPOSITORY = join(import.meta.dirname, '../../../..')
const UI = join(REPOSITORY, 'web-client/ui/src')

/** Every client with a catalogue of its own, besides the shared one. */
const CLIENTS = ['web-client/src', 'kiosk-client/src'].map((folder) => join(REPOSITORY, folder))

const shared = cataloguesIn(UI)
const groups = [UI, ...CLIENTS]
  .map((folder) => ({
    folder: folder.slice(REPOSITORY.length + 1),
    languages: cataloguesIn(folder),
  }))
  .filter(({ languages }) => languages.size > 0)

describe.each(groups)('catalogues of $folder', ({ languages }) => {
  const english = languages.get('en') ?? {}

  it('are there in the same languages as the shared ones', () => {
    expect([...languages.keys()]).toEqual([...shared.keys()])
  })

  it.each([...languages])('have every key in %s', (_language, catalogue) => {
    expect(Object.keys(slotTable(catalogue))).toEqual(Object.keys(slotTable(english)))
  })

  it.each([...languages])('fill no slot in %s that English has not', (_language, catalogue) => {
    const known = slotTable(english)
    const strange = Object.entries(slotTable(catalogue)).filter(([key, slots]) =>
      slots.some((slot) => !known[key]?.includes(slot)),
    )
    expect(strange).toEqual([])
  })

  it.each([...languages])('have every plural form of %s', (language, catalogue) => {
    expect(missingPluralForms(catalogue, language)).toEqual([])
  })

  it.each([...languages])('leave nothing empty in %s', (_language, catalogue) => {
    const empty = [...flatten(catalogue)].filter(([, words]) => words.trim() === '')
    expect(empty).toEqual([])
  })
})

describe('keys in code', () => {
  const sources = new Map([UI, ...CLIENTS].map((folder) => [folder, sourcesIn(folder)]))
  const sharedKeys = keysOf(shared)
  const clients = CLIENTS.filter((folder) => cataloguesIn(folder).size > 0)

  it.each(clients)('all have words: %s', (folder) => {
    const known = new Set([...sharedKeys, ...keysOf(cataloguesIn(folder))])
    const heads = new Set([...known].map((key) => key.split('.')[0]))
    const { keys, patterns } = usedKeys(sources.get(folder) ?? '')
    const asked = keys.filter((key) => heads.has(key.split('.')[0]))
    expect(asked.filter((key) => !known.has(key) && !isGroup(key, known))).toEqual([])
    expect(patterns.filter((pattern) => ![...known].some((key) => pattern.test(key)))).toEqual([])
  })

  it('all have shared words: the design system', () => {
    const { keys } = usedKeys(sources.get(UI) ?? '')
    const heads = new Set([...sharedKeys].map((key) => key.split('.')[0]))
    const asked = keys.filter((key) => heads.has(key.split('.')[0]))
    expect(asked.filter((key) => !sharedKeys.has(key))).toEqual([])
  })

  it.each(groups)('are all used: $folder', ({ languages }) => {
    const { keys, patterns } = usedKeys([...sources.values()].join('\n'))
    const used = new Set(keys)
    const unused = [...keysOf(languages)].filter(
      (key) => !used.has(key) && !patterns.some((pattern) => pattern.test(key)),
    )
    expect(unused).toEqual([])
  })
})

describe('every value of the contract has words', () => {
  const keys = keysOf(shared)
  const tables: readonly (readonly [string, readonly string[]])[] = [
    ...both('errors', Object.keys(ERROR_STATUS), ['happened', 'cure']),
    ...both('waiting', WAITING_REASONS, ['title', 'body']),
    ...both('outcome', OUTCOMES, ['title', 'body']),
    ['outcomeShort', OUTCOMES],
    ...both('preflight.problem', PREFLIGHT_PROBLEMS, ['what', 'cure']),
    ...both('preflight.light', LIGHTS, ['title', 'body']),
    ['preflight.lightShort', LIGHTS],
    ['preflight.staff.device', PREFLIGHT_DEVICES],
    ['timeline.kind', TIMELINE_KINDS],
    ['session', SESSION_STATES],
    ['seat', SEAT_STATES],
    ['attention', ATTENTION_REASONS],
    ['ownAdvice', FACE_FINDINGS],
    ['help.need', HELP_NEEDS],
    ['help.answer', HELP_ANSWERS],
    ['refusalReason', REFUSAL_REASONS],
    ['terminationReason', TERMINATION_REASONS],
    ['visitClass', VISIT_CLASSES],
    ['eligibilityCheck', ELIGIBILITY_CHECKS],
    ['verdict', VERDICTS],
    ['nextStep', NEXT_STEPS],
    ['bookingState', BOOKING_STATES],
    ['bookingReason', BOOKING_REASONS],
    ['relationshipKind', RELATIONSHIP_KINDS],
    ['relationshipState', [...RELATIONSHIP_STATES, 'WITHDRAWN']],
    ...both('rejection', REJECTION_REASONS, ['what', 'cure']),
    ['rejectedField', REJECTED_FIELDS],
    ['verification', VERIFICATION_STATES],
    ['restrictionKind', RESTRICTION_KINDS],
    ['taskKind', TASK_KINDS],
    ['suggestion', SUGGESTIONS],
    ['blackoutScope', BLACKOUT_SCOPES],
    ['notice.monitor', MONITOR_MODES],
    ['notice.short', MONITOR_MODES],
  ]

  it.each(tables)('%s', (group, values) => {
    expect(values.filter((value) => !keys.has(`${group}.${value}`))).toEqual([])
  })
})

function both(group: string, values: readonly string[], parts: readonly string[]) {
  return parts.map((part) => [group, values.map((value) => `${value}.${part}`)] as const)
}

/** All files of a language in one; a group that two files have would be lost, so it is refused. */
function cataloguesIn(folder: string): Map<string, Catalogue> {
  const locales = join(folder, 'locales')
  const merged = new Map<string, Catalogue>()
  for (const file of listed(locales, true).filter((name) => name.endsWith('.json'))) {
    const language = languageOfFile(file)
    const words = JSON.parse(readFileSync(join(locales, file), 'utf8')) as Catalogue
    const before = merged.get(language) ?? {}
    const twice = Object.keys(words).filter((group) => group in before)
    if (twice.length > 0) throw new Error(`${folder}/${file} repeats ${twice.join(', ')}`)
    merged.set(language, { ...before, ...words })
  }
  return merged
}

function sourcesIn(folder: string): string {
  return listed(folder, true)
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
}

/** A client that is not there yet has no files. */
function listed(folder: string, recursive = false): string[] {
  try {
    return readdirSync(folder, { recursive, encoding: 'utf8' }).toSorted()
  } catch {
    return []
  }
}

function keysOf(languages: ReadonlyMap<string, Catalogue>): Set<string> {
  return new Set(
    [...languages.values()].flatMap((words) => [...flatten(words).keys()].map(baseKey)),
  )
}

function slotTable(catalogue: Catalogue): Record<string, string[]> {
  const table: Record<string, string[]> = {}
  for (const [key, words] of [...flatten(catalogue)].toSorted(([a], [b]) => a.localeCompare(b))) {
    table[baseKey(key)] = slotsOf(words)
  }
  return table
}

/** Code may name a group and add the rest: `t(`${group}.title`)`. */
function isGroup(key: string, known: ReadonlySet<string>): boolean {
  return [...known].some((candidate) => candidate.startsWith(`${key}.`))
}
