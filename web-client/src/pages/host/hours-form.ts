import type { Reply } from '../../api/api.ts'
import { readMinute, writeMinute } from '../office/parts/office-time.ts'

type Hours = Reply<'deskDay'>['linkCentre']['openingHours']
export type Weekday = keyof Hours

/** ISO weekdays: 1 is Monday. */
export const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const satisfies readonly Weekday[]
const WORKING_DAYS: readonly Weekday[] = WEEKDAYS.slice(0, 5)

/** A stretch as it is typed, `HH:mm` by the centre's clock; an end of `00:00` is the day's midnight. */
export type StretchForm = { readonly from: string; readonly to: string }
export type HoursForm = Readonly<Record<Weekday, readonly StretchForm[]>>

/** What is wrong with one stretch. */
export type HoursProblem = {
  readonly weekday: Weekday
  readonly index: number
  readonly kind: 'INCOMPLETE' | 'BACKWARDS' | 'OVERLAP'
}

const DAY_MINUTES = 1440
const NEW_STRETCH: StretchForm = { from: '09:00', to: '17:00' }

/** Opening hours as a form. */
export function formOf(hours: Hours): HoursForm {
  const write = (weekday: Weekday) =>
    (hours[weekday] ?? []).map(({ fromMinute, toMinute }) => ({
      from: writeMinute(fromMinute),
      to: writeMinute(toMinute % DAY_MINUTES),
    }))
  return {
    '1': write('1'),
    '2': write('2'),
    '3': write('3'),
    '4': write('4'),
    '5': write('5'),
    '6': write('6'),
    '7': write('7'),
  }
}

/** The hours of a form that has no problem; days that are closed are left out. */
export function hoursOf(form: HoursForm): Hours {
  const days = WEEKDAYS.map((day) => [day, form[day].flatMap((each) => minutesOf(each) ?? [])])
  return Object.fromEntries(days.filter(([, stretches]) => stretches?.length)) as Hours
}

/** Everything that the server would refuse, by day and stretch. */
export function problemsOf(form: HoursForm): HoursProblem[] {
  return WEEKDAYS.flatMap((weekday) =>
    form[weekday].flatMap((stretch, index): HoursProblem[] => {
      const kind = problemOf(stretch, form[weekday].slice(0, index))
      return kind === null ? [] : [{ weekday, index, kind }]
    }),
  )
}

function problemOf(
  stretch: StretchForm,
  earlier: readonly StretchForm[],
): HoursProblem['kind'] | null {
  const own = minutesOf(stretch)
  if (own === null) return 'INCOMPLETE'
  if (own.fromMinute >= own.toMinute) return 'BACKWARDS'
  const isTaken = earlier.some((each) => {
    const other = minutesOf(each)
    return other && own.fromMinute < other.toMinute && other.fromMinute < own.toMinute
  })
  return isTaken ? 'OVERLAP' : null
}

function minutesOf({ from, to }: StretchForm): { fromMinute: number; toMinute: number } | null {
  const [fromMinute, end] = [readMinute(from), readMinute(to)]
  if (fromMinute === null || end === null) return null
  return { fromMinute, toMinute: end === 0 ? DAY_MINUTES : end }
}

/** What is done to a form of hours. */
export type HoursChange =
  | { readonly what: 'added'; readonly weekday: Weekday }
  | { readonly what: 'removed'; readonly weekday: Weekday; readonly index: number }
  | {
      readonly what: 'typed'
      readonly weekday: Weekday
      readonly index: number
      readonly stretch: StretchForm
    }
  /** Monday's hours on the other working days. */
  | { readonly what: 'mondayCopied' }

/** The form after a change. */
export function changed(form: HoursForm, change: HoursChange): HoursForm {
  if (change.what === 'mondayCopied') {
    return { ...form, ...Object.fromEntries(WORKING_DAYS.map((day) => [day, form['1']])) }
  }
  const { weekday } = change
  const stretches = form[weekday]
  switch (change.what) {
    case 'added':
      return { ...form, [weekday]: [...stretches, NEW_STRETCH] }
    case 'removed':
      return { ...form, [weekday]: stretches.filter((_, index) => index !== change.index) }
    case 'typed':
      return { ...form, [weekday]: stretches.with(change.index, change.stretch) }
  }
}
