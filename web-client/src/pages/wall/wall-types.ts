import type { WallState } from '@visavis/call'

export type OpenWall = Extract<WallState, { phase: 'open' }>

/** The officer's facility, for its name and its clock. */
export type WallFacility = { readonly name: string; readonly timeZone: string }
