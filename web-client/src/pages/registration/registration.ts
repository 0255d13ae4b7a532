/** What is asked before there is an account; the password is never kept. */
export type Registration = {
  readonly givenName: string
  readonly familyName: string
  readonly birthDate: string
  readonly email: string
  readonly phone: string
}

export const NO_REGISTRATION: Registration = {
  givenName: '',
  familyName: '',
  birthDate: '',
  email: '',
  phone: '',
}

export const REGISTRATION_STEPS = ['name', 'birth-date', 'contact', 'password'] as const
export type RegistrationStep = (typeof REGISTRATION_STEPS)[number]

/** The first step that is not answered; whoever opens a later address is led here. */
export function openStep(answers: Registration): RegistrationStep {
  if (answers.givenName === '' || answers.familyName === '') return 'name'
  if (answers.birthDate === '') return 'birth-date'
  if (answers.email === '') return 'contact'
  return 'password'
}

/** Whether a step may be shown yet. */
export function isReached(step: RegistrationStep, answers: Registration): boolean {
  return REGISTRATION_STEPS.indexOf(step) <= REGISTRATION_STEPS.indexOf(openStep(answers))
}

/** Close enough to catch a slip; the mail itself proves it. */
export function looksLikeEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text)
}

/** A phone number as it is sent: with `+`; null if it cannot be one. Empty: none is given. */
export function readPhone(text: string): string | null {
  const phone = text.trim().replace(/^00/, '+')
  if (phone === '') return ''
  return /^\+[0-9 ()-]{6,24}$/.test(phone) ? phone : null
}
