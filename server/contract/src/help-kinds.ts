/** What a person in a visit can ask help for; each has words in every catalogue. */
export const HELP_NEEDS = ['NO_SOUND', 'NO_PICTURE', 'NOT_HEARD', 'OTHER'] as const
export type HelpNeed = (typeof HELP_NEEDS)[number]

/** What staff can answer: seen; somebody comes; call the office; leave and come in again. */
export const HELP_ANSWERS = ['SEEN', 'COMING', 'CALL_OFFICE', 'REJOIN'] as const
export type HelpAnswer = (typeof HELP_ANSWERS)[number]
