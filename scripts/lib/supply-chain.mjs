/**
 * @typedef {{version?: string, link?: boolean, integrity?: string, resolved?: string, hasInstallScript?: boolean}} Locked
 * @typedef {Record<string, Locked>} LockedPackages keyed by folder, as in package-lock.json
 */

const REGISTRY = 'https://registry.npmjs.org/'

/** A package's name by its folder. @param {string} folder @returns {string} */
const nameOf = (folder) =>
  folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)

/**
 * Whatever is not surely the package that somebody chose: each needs a hash that no two packages share, and
 * comes from the public registry (an entry without an address comes from the registry that npm is told of).
 * @param {LockedPackages} packages @returns {string[]} one sentence for each
 */
export const lockFaults = (packages) =>
  Object.entries(packages).flatMap(([folder, { link, integrity, resolved }]) => {
    if (link || !folder.includes('node_modules/')) return []
    const faults = []
    if (!integrity?.startsWith('sha512-'))
      faults.push(`${folder} has no SHA-512 in package-lock.json`)
    if (resolved !== undefined && !resolved.startsWith(REGISTRY))
      faults.push(`${folder} comes from ${new URL(resolved).origin}, not from the registry`)
    return faults
  })

/**
 * Packages whose install script nobody has looked at, and reasons for packages that have none (any more).
 * Scripts never run by themselves (.npmrc); the list says of each why that is right.
 * @param {LockedPackages} packages @param {Record<string, string>} explained reason by name
 * @returns {string[]} one sentence for each
 */
export const installScriptFaults = (packages, explained) => {
  const found = new Set(
    Object.entries(packages).flatMap(([folder, each]) =>
      each.hasInstallScript ? [nameOf(folder)] : [],
    ),
  )
  const unknown = [...found].filter((name) => !explained[name])
  const gone = Object.keys(explained).filter((name) => !found.has(name))
  return [
    ...unknown.map(
      (name) => `${name} has an install script that install-scripts.json does not explain`,
    ),
    ...gone.map(
      (name) => `${name} has no install script any more: take it from install-scripts.json`,
    ),
  ]
}

/**
 * @typedef {{id: string, package: string, reason: string, until: string}} Accepted id as GitHub gives it, until a date
 * @typedef {{id: string, package: string, severity: string, title: string}} Found
 */

/**
 * The advisories in npm's own report, one for each package that has it.
 * @param {{vulnerabilities?: Record<string, {name: string, via: (string | {url?: string, severity?: string, title?: string})[]}>}} report
 * @returns {Found[]}
 */
export const findingsOf = ({ vulnerabilities = {} }) =>
  Object.values(vulnerabilities).flatMap(({ name, via }) =>
    via.flatMap((cause) =>
      typeof cause === 'string'
        ? []
        : [
            {
              id: cause.url?.split('/').at(-1) ?? 'unknown',
              package: name,
              severity: cause.severity ?? 'unknown',
              title: cause.title ?? '',
            },
          ],
    ),
  )

/**
 * Findings that nobody has accepted, or whose acceptance is over.
 * @param {Found[]} found @param {Accepted[]} accepted @param {Date} now @returns {Found[]}
 */
export const unexplained = (found, accepted, now) =>
  found.filter(
    ({ id, package: name }) =>
      !accepted.some(
        (each) =>
          each.id === id && each.package === name && new Date(each.until).getTime() > now.getTime(),
      ),
  )

/**
 * A bill of materials that is the same for the same packages: without the hour, the random number and the
 * order in which npm met them.
 * @param {{serialNumber?: string, metadata?: {timestamp?: string, component?: unknown}, components?: {'bom-ref': string}[], dependencies?: {ref: string, dependsOn?: string[]}[]}} bill
 * @returns {object}
 */
export const reproducible = ({ metadata = {}, components = [], dependencies = [], ...rest }) => {
  const bill = { ...rest, metadata: { ...metadata } }
  delete bill.serialNumber
  delete bill.metadata.timestamp
  return {
    ...bill,
    components: components.toSorted((a, b) => compare(a['bom-ref'], b['bom-ref'])),
    dependencies: dependencies
      .map(({ dependsOn = [], ...each }) => ({ ...each, dependsOn: dependsOn.toSorted(compare) }))
      .toSorted((a, b) => compare(a.ref, b.ref)),
  }
}

/** @param {string} a @param {string} b */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0)
