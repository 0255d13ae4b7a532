/** The direction of dependencies (ARCHITECTURE.md, "Who may import whom"); checked by `npm run check`. */
const rule = (name, comment, [from, to]) => ({ name, severity: 'error', comment, from, to })

export default {
  forbidden: [
    rule('no-cycles', 'A cycle means two things that are one; types alone may name each other.', [
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ]),
    rule('contract-imports-zod-only', 'The contract is shared by every process and browser.', [
      { path: '^server/contract/src', pathNot: '\\.test\\.ts$' },
      { pathNot: '^(server/contract/src|node_modules/zod)' },
    ]),
    rule('platform-knows-no-domain', 'What every process needs, without domain words.', [
      { path: '^server/platform/src' },
      { path: '^(server/src|server/media-node|recordings|web-client|kiosk-client|prisma)' },
    ]),
    rule('processes-do-not-import-each-other', 'They talk over the control links only.', [
      { path: '^(server/media-node|recordings)/src' },
      { path: '^(server/src|prisma|web-client|kiosk-client)' },
    ]),
    rule('server-does-not-import-processes', 'They talk over the control links only.', [
      { path: '^server/src' },
      { path: '^(server/media-node|recordings|web-client|kiosk-client|tests)/' },
    ]),
    rule('clients-see-the-contract-only', 'A browser never gets server code.', [
      { path: '^(web-client|kiosk-client)/' },
      { path: '^(server/src|server/platform|server/media-node|recordings|prisma)/' },
    ]),
    rule('call-engine-is-framework-free', 'Both clients use it.', [
      { path: '^web-client/call/' },
      { path: '(node_modules/react|^web-client/(ui|src)|^kiosk-client)' },
    ]),
    rule(
      'other-modules-through-their-index',
      'What a module does not export is its own business.',
      [
        { path: '^server/src/modules/([^/]+)/', pathNot: '\\.test\\.ts$' },
        { path: '^server/src/modules/([^/]+)/(?!index\\.ts)', pathNot: '^server/src/modules/$1/' },
      ],
    ),
    rule('only-repos-touch-prisma', 'One place per module speaks to the database.', [
      {
        path: '^server/src/modules/',
        pathNot: '(\\.repo\\.ts|\\.test\\.ts|^server/src/modules/audit/.*)$',
      },
      { path: '(^prisma/(src|generated)|node_modules/@prisma)', dependencyTypesNot: ['type-only'] },
    ]),
    rule('rooms-never-touch-the-database', 'Rooms know media, not people.', [
      { path: '^server/src/modules/rooms/' },
      { path: '(^prisma|node_modules/@prisma)' },
    ]),
    rule('rules-are-pure', 'A rule imports the contract and other rules.', [
      { path: '^server/src/modules/.*-rules\\.ts$' },
      { path: '\\.(service|repo|routes|socket)\\.ts$' },
    ]),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|/generated/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
