import { describe, expect, it } from 'vitest'
import { ROLES, routes } from '@visavis/contract/http'
import type { Role, Route } from '@visavis/contract/http'
import { VISIT_CLASSES } from '@visavis/contract/media-policy'
import { FORBIDS, PERMITS, decide } from './access-rules.ts'
import type { Action, Asker, Thing } from './access-rules.ts'

const ACTIONS = Object.keys(PERMITS) as Action[]
const MONITORS = ['AV', 'SIGHT_ONLY', 'NONE'] as const
const ME = { accountId: 'account-1', officerId: 'officer-1' }
const WHOSE = {
  mine: ME,
  'of my other account': { accountId: 'account-2', officerId: 'officer-1' },
  'of another': { accountId: 'account-3', officerId: 'officer-3' },
  'of nobody known': undefined,
}
const PLACES: Readonly<Record<string, Pick<Asker, 'facilityId' | 'operatorId'>>> = {
  here: { facilityId: 'facility-1', operatorId: null },
  elsewhere: { facilityId: 'facility-2', operatorId: null },
  operator: { facilityId: null, operatorId: 'operator-1' },
  none: { facilityId: null, operatorId: null },
}

type Case = { readonly asker: Asker; readonly action: Action; readonly thing: Thing }

function* everyCase(): Generator<Case> {
  for (const action of ACTIONS)
    for (const role of ROLES)
      for (const place of Object.values(PLACES))
        for (const visitClass of VISIT_CLASSES)
          for (const monitor of MONITORS)
            for (const isOver of [true, false])
              for (const by of Object.values(WHOSE)) {
                const thing = { facilityId: 'facility-1', visitClass, monitor, isOver }
                const asker = { role, ...ME, ...place }
                yield { asker, action, thing: by === undefined ? thing : { ...thing, by } }
              }
}

/** The same said another way, from the rules of the house: what must hold of whatever is allowed. */
function mustHold(given: Case): boolean {
  return [isInReach, isWatchable, isOfRecordable, isByRightPerson].every((rule) => rule(given))
}

function isInReach({ asker, action }: Case): boolean {
  const isRegulator = asker.role === 'auditor' && asker.facilityId === asker.operatorId
  return asker.facilityId === 'facility-1' || (action === 'tombstone.read' && isRegulator)
}

function isWatchable({ action, thing }: Case): boolean {
  if (!action.startsWith('visit.')) return true
  const isLive = thing.monitor !== 'NONE' && thing.isOver !== true
  return isLive && (action !== 'visit.watchStills' || thing.visitClass !== 'privileged')
}

function isOfRecordable({ action, thing }: Case): boolean {
  const isOfRecording = action.startsWith('recording.') || action === 'export.ask'
  return !isOfRecording || thing.visitClass !== 'privileged'
}

function isByRightPerson({ action, thing }: Case): boolean {
  const isDecision = action.includes('decide')
  const isPersonal = action === 'recording.playOn' || action === 'export.download'
  if (isDecision && thing.by?.accountId !== 'account-3') return false
  return !isPersonal || thing.by?.accountId === 'account-1'
}

describe('[TR-3] the table of access', () => {
  it('allows exactly what a rule permits and none forbids, in every case', () => {
    let allowed = 0
    let cases = 0
    for (const each of everyCase()) {
      const { asker, action, thing } = each
      const permitted = PERMITS[action].roles.some((role) => role === asker.role)
      const decision = decide(asker, action, thing)
      expect(decision.isAllowed, JSON.stringify(each)).toBe(permitted && mustHold(each))
      expect(decision.why.length).toBeGreaterThan(5)
      cases += 1
      if (decision.isAllowed) allowed += 1
    }
    console.info(`access: ${cases} cases, ${allowed} allowed`)
    expect(allowed).toBeGreaterThan(100)
  })

  it('names the rule that decided, forbids before permits', () => {
    const asker = { role: 'officer', ...ME, facilityId: 'facility-1', operatorId: null } as const
    const thing = { facilityId: 'facility-1', monitor: 'NONE', visitClass: 'privileged' } as const
    expect(decide(asker, 'visit.watch', thing)).toMatchObject({ rule: 'F-4', isAllowed: false })
    expect(decide(asker, 'export.ask', thing)).toMatchObject({ rule: 'F-0', code: 'FORBIDDEN' })
    const open = { facilityId: 'facility-1', monitor: 'AV', visitClass: 'social' } as const
    expect(decide(asker, 'visit.watch', open)).toMatchObject({ rule: 'P-14', isAllowed: true })
    expect(decide(asker, 'visit.watch', { ...open, facilityId: 'facility-2' })).toMatchObject({
      rule: 'F-1',
      code: 'ABSENT',
    })
  })

  it('gives each rule a name of its own', () => {
    const names = [...Object.values(PERMITS), ...FORBIDS].map(({ rule }) => rule)
    expect(new Set(names).size).toBe(names.length)
  })

  const ROUTES_OF: Partial<Record<Action, keyof typeof routes>> = {
    'recording.play': 'openPlay',
    'recording.playOn': 'playAct',
    'export.ask': 'askExport',
    'export.decide': 'decideExport',
    'export.download': 'downloadExport',
    'export.takeBack': 'takeBackExport',
    'kept.hold': 'placeHold',
    'kept.destroy': 'askDestruction',
    'hold.change': 'askRelease',
    'hold.decideRelease': 'decideRelease',
    'destruction.decide': 'decideDestruction',
    'tombstone.read': 'tombstone',
    'objection.read': 'objection',
  }
  it.each(Object.entries(ROUTES_OF))('permits %s to whom its route lets in', (action, name) => {
    const { access }: Route = routes[name]
    const roles: readonly Role[] = access.kind === 'account' ? access.roles : []
    expect([...PERMITS[action as Action].roles].toSorted()).toEqual([...roles].toSorted())
  })
})
