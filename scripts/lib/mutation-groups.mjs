/**
 * What is mutated, and the tests that must notice; paths from the top of the checkout.
 * @type {Readonly<Record<string, {readonly modules: readonly string[], readonly tests: readonly string[]}>>}
 */
export const MUTATION_GROUPS = {
  policy: {
    modules: [
      'server/contract/src/media-policy.ts',
      'server/contract/src/media-graph.ts',
      'server/contract/src/media-permits.ts',
      'server/src/modules/identity/sign-in-rules.ts',
      'server/src/modules/identity/identity-rules.ts',
    ],
    tests: [
      'server/contract/src/media-*.test.ts',
      'server/src/modules/identity/sign-in-rules.test.ts',
      'server/src/modules/identity/identity-rules.test.ts',
    ],
  },
  booking: {
    modules: [
      'server/contract/src/booking-lifecycle.ts',
      'server/src/modules/booking/booking-rules.ts',
      'server/src/modules/booking/ring-rules.ts',
      'server/src/modules/booking/waiting-rules.ts',
    ],
    tests: [
      'server/contract/src/booking-lifecycle.test.ts',
      'server/src/modules/booking/*.test.ts',
    ],
  },
  audit: {
    modules: [
      'prisma/src/audit/audit-entry.ts',
      'prisma/src/audit/verify-chain.ts',
      'server/platform/src/proof/merkle.ts',
      'server/platform/src/proof/stored-tree.ts',
      'server/contract/src/canonical-json.ts',
    ],
    tests: [
      'prisma/src/audit/*.test.ts',
      'server/platform/src/proof/*.test.ts',
      'server/contract/src/canonical-json.test.ts',
    ],
  },
  crypto: {
    modules: [
      'server/platform/src/sealed/cobblestone.ts',
      'server/platform/src/sealed/sealed-file.ts',
      'server/contract/src/grant.ts',
      'prisma/src/secret-hash.ts',
    ],
    tests: [
      'server/platform/src/sealed/*.test.ts',
      'server/contract/src/grant.test.ts',
      'prisma/src/secret-hash.test.ts',
    ],
  },
}
