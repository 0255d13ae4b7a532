import type { RouteName } from '../rest/samples/all.ts'
import { EXPECTED_OF_PEOPLE } from './expected-people.ts'
import type { Row } from './expected-row.ts'
import { EXPECTED_OF_TRUST } from './expected-trust.ts'

export { EXPECTED_SOCKETS, LET_IN } from './expected-sockets.ts'

/**
 * [TR-4] The table: who may call each route, and what they get of another facility's or of other people's. It is
 * written by hand beside the contract, so that a route that lets in one role more has to be wanted twice. A route
 * that is not here does not compile.
 */
export const EXPECTED: Readonly<Record<RouteName, Row>> = {
  ...EXPECTED_OF_TRUST,
  ...EXPECTED_OF_PEOPLE,
}
