import { textOf } from '../../../forms/form-text.ts'
import type { CallInput } from '../../../api/api.ts'
import { isDate, readMinute } from '../parts/office-time.ts'
import type { VisitClass } from '../parts/types.ts'

export type TemplateInput = CallInput<'addTemplate'>['body']

/** What is wrong in the form: the field's id, and the key of its words. */
export type TemplateProblem = { readonly fieldId: string; readonly key: string }

/** Bounds of the contract, told before anything is sent. */
const BOUNDS = {
  lengthMinutes: [5, 240],
  everyWeeks: [1, 12],
  capacity: [1, 200],
} as const

/** The fields of the form are named and marked by these. */
export const fieldIdOf = (name: string): string => `template-${name}`

/** Reads the editor's form: the template, or everything that is wrong with it. */
export function readTemplate(form: FormData): TemplateInput | readonly TemplateProblem[] {
  const text = (name: string) => textOf(form, name).trim()
  const excludedDates = text('excludedDates')
    .split(/[\s,;]+/)
    .filter((each) => each !== '')
  const problems = problemsOf(text, excludedDates)
  if (problems.length > 0) return problems
  return {
    name: text('name'),
    weekday: Number(text('weekday')),
    startMinute: readMinute(text('startMinute')) ?? 0,
    lengthMinutes: Number(text('lengthMinutes')),
    everyWeeks: Number(text('everyWeeks')),
    validFrom: text('validFrom'),
    validTo: text('validTo') === '' ? null : text('validTo'),
    visitClass: text('visitClass') as VisitClass,
    bookingMode: text('bookingMode') as TemplateInput['bookingMode'],
    capacity: Number(text('capacity')),
    wings: form.getAll('wings').filter((wing) => typeof wing === 'string'),
    excludedDates,
  }
}

function problemsOf(
  text: (name: string) => string,
  excludedDates: readonly string[],
): TemplateProblem[] {
  const problems: TemplateProblem[] = []
  const refuse = (isWrong: boolean, name: string, key: string) => {
    if (isWrong) problems.push({ fieldId: fieldIdOf(name), key })
  }
  refuse(text('name') === '', 'name', 'officeTimetable.nameMissing')
  refuse(readMinute(text('startMinute')) === null, 'startMinute', 'officeTimetable.timeMissing')
  for (const [name, [least, most]] of Object.entries(BOUNDS)) {
    const value = Number(text(name))
    const isWrong = !Number.isInteger(value) || value < least || value > most
    refuse(isWrong, name, `officeTimetable.bounds.${name}`)
  }
  refuse(!isDate(text('validFrom')), 'validFrom', 'officeForm.dateMissing')
  const to = text('validTo')
  refuse(to !== '' && (!isDate(to) || to < text('validFrom')), 'validTo', 'officeForm.dateOrder')
  refuse(!excludedDates.every(isDate), 'excludedDates', 'officeTimetable.excludedWrong')
  return problems
}

/** Whether a reading of the form is a template. */
export function isTemplate(
  read: TemplateInput | readonly TemplateProblem[],
): read is TemplateInput {
  return !Array.isArray(read)
}
