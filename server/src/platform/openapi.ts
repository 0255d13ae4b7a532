import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { PAGE_HEADER } from '@visavis/contract/terminal-proof'

const COOKIE_OF = { account: 'visavis', inmate: 'visavis-inmate', terminal: 'visavis-terminal' }

/** OpenAPI made from the bound routes, readable at `/api/docs`. Register it before the first route. */
export async function addOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Vis-à-vis', version: '0.1.0', description: DESCRIPTION },
      components: {
        securitySchemes: Object.fromEntries(
          Object.entries(COOKIE_OF).map(([access, name]) => [
            access,
            { type: 'apiKey', in: 'cookie', name } as const,
          ]),
        ),
      },
    },
    transform: jsonSchemaTransform,
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: false })
}

const DESCRIPTION =
  `A terminal sends the secret of its page in \`${PAGE_HEADER}\` beside its cookie. ` +
  'Times are UTC instants; zones are IANA names. A refusal is an RFC 9457 document with a `code` from ' +
  'one table. Over HTTPS the cookie names carry the prefix `__Host-`.'
