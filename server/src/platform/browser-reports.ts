import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { REPORTS_PATH } from './page-headers.ts'

/** Browsers gather what they found and send it now and then; more than this is no browser. */
const REPORTS_PER_MINUTE = 20
const MINUTE_MS = 60_000
const BODY_LIMIT_BYTES = 32_768
const MOST_AT_ONCE = 20
const NO_CONTENT = 204
const TYPES = ['application/reports+json', 'application/csp-report']

const Report = z.object({
  type: z.literal('csp-violation'),
  body: z.object({
    effectiveDirective: z.string().regex(/^[a-z-]{1,40}$/),
    blockedURL: z.string().max(2_000).default(''),
    disposition: z.enum(['enforce', 'report']),
  }),
})

/** What a page tried that its policy forbids: which rule, and where the forbidden thing came from. */
export type Violation = {
  readonly directive: string
  readonly source: 'inline' | 'eval' | 'own' | 'extension' | 'other'
}

/**
 * The violations in a browser's reports (Reporting API), at most twenty; pure. What is no report of a
 * violation, is left out. Addresses, samples and pages are not taken over: they may hold anything.
 */
export function violationsOf(reports: unknown, ownOrigin: string): readonly Violation[] {
  const given: readonly unknown[] = Array.isArray(reports) ? reports : []
  return given.slice(0, MOST_AT_ONCE).flatMap((each) => {
    const { success, data } = Report.safeParse(each)
    if (!success) return []
    const { effectiveDirective: directive, blockedURL } = data.body
    return [{ directive, source: sourceOf(blockedURL, ownOrigin) }]
  })
}

function sourceOf(blocked: string, ownOrigin: string): Violation['source'] {
  if (blocked === 'inline' || blocked.startsWith('trusted-types')) return 'inline'
  if (blocked === 'eval' || blocked === 'wasm-eval') return 'eval'
  if (/^[a-z-]+-extension:/.test(blocked)) return 'extension'
  return blocked === ownOrigin || blocked.startsWith(`${ownOrigin}/`) ? 'own' : 'other'
}

/** Takes browsers' reports; each becomes a line in the log without anything of the page in it. */
export async function addBrowserReports(app: FastifyInstance, ownOrigin: string): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(TYPES, { parseAs: 'string' }, (_request, body, done) =>
      done(null, asJson(String(body))),
    )
    const options = {
      schema: { hide: true },
      bodyLimit: BODY_LIMIT_BYTES,
      config: { rateLimit: { max: REPORTS_PER_MINUTE, timeWindow: MINUTE_MS } },
    }
    scope.post(REPORTS_PATH, options, async (request, reply) => {
      for (const violation of violationsOf(request.body, ownOrigin)) {
        request.log.warn(violation, 'a browser kept a page from breaking its policy')
      }
      return reply.code(NO_CONTENT).send()
    })
  })
}

/** What is no JSON is no report. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
