import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inRoot } from './paths.mjs'
import {
  findingsOf,
  installScriptFaults,
  lockFaults,
  reproducible,
  unexplained,
} from './supply-chain.mjs'

const GOOD = { version: '1.0.0', integrity: 'sha512-abc' }
const NOW = new Date('2026-11-22T12:00:00Z')

describe('the lock file', () => {
  it('names nothing without a hash, and nothing from elsewhere', () => {
    expect(
      lockFaults({
        '': {},
        'node_modules/a': GOOD,
        server: {},
        'node_modules/@x/s': { link: true },
      }),
    ).toEqual([])
    expect(lockFaults({ 'node_modules/a': { version: '1.0.0' } })).toHaveLength(1)
    expect(lockFaults({ 'node_modules/a': { ...GOOD, integrity: 'sha1-abc' } })).toHaveLength(1)
    const elsewhere = { ...GOOD, resolved: 'https://evil.example/a.tgz' }
    expect(lockFaults({ 'node_modules/a': elsewhere })).toEqual([
      'node_modules/a comes from https://evil.example, not from the registry',
    ])
  })

  it('of this very project is whole, and every install script in it explained', () => {
    const read = (/** @type {string} */ file) => JSON.parse(readFileSync(inRoot(file), 'utf8'))
    const { packages } = read('package-lock.json')
    expect(Object.keys(packages).length).toBeGreaterThan(500)
    expect(lockFaults(packages)).toEqual([])
    expect(
      installScriptFaults(packages, read('scripts/supply-chain/install-scripts.json')),
    ).toEqual([])
  })
})

describe('install scripts', () => {
  it('that are new or gone are told', () => {
    const packages = { 'node_modules/a/node_modules/@x/b': { ...GOOD, hasInstallScript: true } }
    expect(installScriptFaults(packages, {})).toHaveLength(1)
    expect(installScriptFaults(packages, { '@x/b': 'why' })).toEqual([])
    expect(installScriptFaults({}, { '@x/b': 'why' })).toHaveLength(1)
  })
})

describe('advisories', () => {
  const report = {
    vulnerabilities: {
      a: {
        name: 'a',
        via: [{ url: 'https://github.com/advisories/GHSA-1', severity: 'high', title: 'Bad' }],
      },
      b: { name: 'b', via: ['a'] },
    },
  }
  const accepted = { id: 'GHSA-1', package: 'a', reason: 'not reached', until: '2027-01-01' }

  it('are one for each package that has it itself', () => {
    expect(findingsOf(report)).toEqual([
      { id: 'GHSA-1', package: 'a', severity: 'high', title: 'Bad' },
    ])
    expect(findingsOf({})).toEqual([])
  })

  it('are accepted for a package and for a time only', () => {
    const found = findingsOf(report)
    expect(unexplained(found, [], NOW)).toHaveLength(1)
    expect(unexplained(found, [accepted], NOW)).toEqual([])
    expect(unexplained(found, [{ ...accepted, package: 'c' }], NOW)).toHaveLength(1)
    expect(unexplained(found, [{ ...accepted, until: '2026-11-01' }], NOW)).toHaveLength(1)
  })
})

it('a bill of materials is the same for the same packages', () => {
  const [a, b] = [{ 'bom-ref': 'a@1' }, { 'bom-ref': 'b@1' }]
  const one = {
    serialNumber: 'urn:1',
    metadata: { timestamp: 'now', component: 'x' },
    components: [b, a],
    dependencies: [{ ref: 'b@1', dependsOn: ['c', 'a@1'] }, { ref: 'a@1' }],
  }
  const other = {
    ...one,
    serialNumber: 'urn:2',
    metadata: { timestamp: 'later', component: 'x' },
    components: [a, b],
  }
  expect(reproducible(one)).toEqual(reproducible(other))
  expect(JSON.stringify(reproducible(one))).not.toMatch(/urn:|now/)
})
