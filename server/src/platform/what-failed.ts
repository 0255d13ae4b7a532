import { sqlStateOf } from '@visavis/prisma'

/** A failure without its words: those of other systems repeat addresses, names and whole queries. */
export type WhatFailed = {
  readonly kind: string
  /** A code of ours, of Node or of the other system. */
  readonly failureCode: string | null
  readonly sqlState: string | null
  /** Where in our code, from the innermost call. */
  readonly at: readonly string[]
}

const FRAMES_KEPT = 4

/** What may be logged and stored of a thrown thing. */
export function whatFailed(error: unknown): WhatFailed {
  const sqlState = sqlStateOf(error)
  if (!(error instanceof Error)) return { kind: typeof error, failureCode: null, sqlState, at: [] }
  const code = 'code' in error ? String(error.code) : null
  return { kind: error.name, failureCode: code, sqlState, at: framesOf(error) }
}

function framesOf({ stack = '' }: Error): string[] {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  const own = frames.filter((line) => !line.includes('node_modules') && !line.includes('node:'))
  return own.slice(0, FRAMES_KEPT).map((line) => line.trim())
}
