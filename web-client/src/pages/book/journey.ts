import type { Bookable, Party, VisitClass, VisitPlace } from './types.ts'

/** The answers of one booking. Null: not answered yet. */
export type Answers = {
  readonly inmateId: string | null
  readonly visitClass: VisitClass | null
  readonly companionIds: readonly string[] | null
  readonly place: VisitPlace | null
  readonly linkCentreId: string | null
  /** Own calendar date, `YYYY-MM-DD`. */
  readonly day: string | null
  readonly slotId: string | null
  /** Names the act of holding this slot, so that a reload holds it once. */
  readonly holdKey: string | null
  /** The held visit. */
  readonly visitId: string | null
  /** The last hold ran out: told on the page where a time is chosen again. */
  readonly isHoldLost: boolean
}

export const NO_ANSWERS: Answers = {
  inmateId: null,
  visitClass: null,
  companionIds: null,
  place: null,
  linkCentreId: null,
  day: null,
  slotId: null,
  holdKey: null,
  visitId: null,
  isHoldLost: false,
}

export type JourneyAct =
  | { readonly type: 'inmateChosen'; readonly inmateId: string }
  | { readonly type: 'classChosen'; readonly visitClass: VisitClass }
  | { readonly type: 'peopleChosen'; readonly companionIds: readonly string[] }
  | { readonly type: 'placeChosen'; readonly place: VisitPlace }
  | { readonly type: 'centreChosen'; readonly linkCentreId: string }
  | { readonly type: 'dayChosen'; readonly day: string }
  | {
      readonly type: 'slotChosen'
      readonly slotId: string
      /** Own calendar date of the slot. */
      readonly day: string
      readonly holdKey: string
    }
  | { readonly type: 'held'; readonly visitId: string }
  /** The hold was given back; the same slot can be held again by a new act. */
  | { readonly type: 'released'; readonly holdKey: string }
  | { readonly type: 'holdLost' }
  | { readonly type: 'begunAnew' }

const NO_SLOT = { slotId: null, holdKey: null, visitId: null, isHoldLost: false } as const

/** The answers after an act. A changed answer takes away only those that followed from it. */
export function afterAct(before: Answers, act: JourneyAct): Answers {
  return isAnswer(act) ? afterAnswer(before, act) : afterHoldAct(before, act)
}

type HoldAct = Extract<
  JourneyAct,
  { type: 'slotChosen' | 'held' | 'released' | 'holdLost' | 'begunAnew' }
>
type AnswerAct = Exclude<JourneyAct, HoldAct>

function isAnswer(act: JourneyAct): act is AnswerAct {
  return act.type !== 'slotChosen' && act.type.endsWith('Chosen')
}

function afterAnswer(before: Answers, act: AnswerAct): Answers {
  switch (act.type) {
    case 'inmateChosen':
      if (act.inmateId === before.inmateId) return before
      return { ...NO_ANSWERS, place: before.place, inmateId: act.inmateId }
    case 'classChosen':
      return changed(before, act.visitClass === before.visitClass, { visitClass: act.visitClass })
    case 'peopleChosen':
      return changed(before, isSame(act.companionIds, before.companionIds), {
        companionIds: act.companionIds,
      })
    case 'placeChosen':
      return changed(before, act.place === before.place, { place: act.place, linkCentreId: null })
    case 'centreChosen':
      return changed(before, act.linkCentreId === before.linkCentreId, {
        linkCentreId: act.linkCentreId,
      })
    case 'dayChosen':
      return { ...before, ...NO_SLOT, day: act.day }
  }
}

/** The time was chosen for the old answer; the same answer again changes nothing. */
function changed(before: Answers, isTheSame: boolean, part: Partial<Answers>): Answers {
  return isTheSame ? before : { ...before, ...NO_SLOT, ...part }
}

function afterHoldAct(before: Answers, act: HoldAct): Answers {
  switch (act.type) {
    case 'slotChosen':
      return { ...before, ...NO_SLOT, day: act.day, slotId: act.slotId, holdKey: act.holdKey }
    case 'held':
      return { ...before, visitId: act.visitId, isHoldLost: false }
    case 'released':
      return { ...before, visitId: null, holdKey: act.holdKey }
    case 'holdLost':
      return { ...before, ...NO_SLOT, isHoldLost: true }
    case 'begunAnew':
      return NO_ANSWERS
  }
}

function isSame(these: readonly string[], those: readonly string[] | null): boolean {
  return those !== null && these.toSorted().join() === those.toSorted().join()
}

export const STEPS = [
  'inmate',
  'kind',
  'people',
  'place',
  'centre',
  'day',
  'time',
  'check',
] as const
export type Step = (typeof STEPS)[number]

/** Answers with all filled in that leaves no choice: the only inmate, the only class, nobody else. */
export function completed(answers: Answers, inmates: readonly Bookable[]): Answers {
  const only = inmates.length === 1 ? inmates[0] : undefined
  const known = inmates.find(({ inmateId }) => inmateId === answers.inmateId) ?? only
  if (known === undefined) return { ...NO_ANSWERS, place: answers.place }
  return {
    ...answers,
    inmateId: known.inmateId,
    visitClass: knownClass(answers, known),
    companionIds: knownCompanions(answers, known),
  }
}

function knownClass({ visitClass }: Answers, { classes }: Bookable): VisitClass | null {
  if (visitClass !== null && classes.includes(visitClass)) return visitClass
  return classes.length === 1 ? (classes[0] ?? null) : null
}

function knownCompanions({ companionIds }: Answers, { companions }: Bookable) {
  if (companions.length === 0) return []
  const isKnown = (id: string) => companions.some(({ visitorId }) => visitorId === id)
  return companionIds?.filter(isKnown) ?? null
}

/** The steps that this booking has; a step without a choice is left out. Takes completed answers. */
export function stepsOf(answers: Answers, inmates: readonly Bookable[]): Step[] {
  const inmate = inmates.find(({ inmateId }) => inmateId === answers.inmateId)
  const isLeftOut: Readonly<Partial<Record<Step, boolean>>> = {
    inmate: inmates.length === 1,
    kind: (inmate?.classes.length ?? 1) <= 1,
    people: inmate?.companions.length === 0,
    centre: answers.place !== 'LINK_CENTRE',
  }
  return STEPS.filter((step) => isLeftOut[step] !== true)
}

const IS_ANSWERED: Readonly<Record<Step, (answers: Answers) => boolean>> = {
  inmate: ({ inmateId }) => inmateId !== null,
  kind: ({ visitClass }) => visitClass !== null,
  people: ({ companionIds }) => companionIds !== null,
  place: ({ place }) => place !== null,
  centre: ({ linkCentreId }) => linkCentreId !== null,
  day: ({ day }) => day !== null,
  time: ({ slotId }) => slotId !== null,
  check: () => false,
}

/** The first step that waits for an answer. */
export function openStep(answers: Answers, steps: readonly Step[]): Step {
  return steps.find((step) => !IS_ANSWERED[step](answers)) ?? 'check'
}

/** The step to show for an address: itself if it has been reached, else the first open one. */
export function shownStep(
  asked: string | undefined,
  answers: Answers,
  steps: readonly Step[],
): Step {
  const open = openStep(answers, steps)
  const step = steps.find((each) => each === asked)
  return step !== undefined && steps.indexOf(step) <= steps.indexOf(open) ? step : open
}

/** The address of a step. */
export function stepPath(step: Step): string {
  return `/book/${step}`
}

/** The address of the step before; undefined at the first one. */
export function pathBefore(step: Step, steps: readonly Step[]): string | undefined {
  const before = steps[steps.indexOf(step) - 1]
  return before === undefined ? undefined : stepPath(before)
}

/** The people and place as the server is asked; null until they are all known. */
export function partyOf(answers: Answers, inmate: Bookable | undefined): Party | null {
  const { companionIds, place, linkCentreId } = answers
  if (!inmate || companionIds === null || place === null) return null
  if (place === 'LINK_CENTRE' && linkCentreId === null) return null
  return {
    inmateId: inmate.inmateId,
    visitorIds: [inmate.you.visitorId, ...companionIds],
    place,
    ...(linkCentreId === null ? {} : { linkCentreId }),
  }
}
