import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { inRoot, root } from './paths.mjs'

const CONTRACT = '@visavis/contract'
const CLIENT_SOURCES = '{web-client,kiosk-client}/**/*.{ts,tsx}'
const NEVER_SERVED = /(^|\/)(node_modules|dist)(\/|$)|\.test\.tsx?$|(^|\/)vite\.config\.ts$/

/** @returns {string[]} paths, from the checkout's top, of what the two clients are built of */
export const clientSources = () =>
  globSync(CLIENT_SOURCES, { cwd: root, exclude: (name) => NEVER_SERVED.test(name) }).filter(
    (file) => !NEVER_SERVED.test(file),
  )

/**
 * How a file comes to load zod by way of the contract. Imports of types alone load nothing.
 * @param {string} file from the checkout's top
 * @param {Set<string>} [seen] files that need no second look
 * @returns {string[] | null} the files on the way, the given one first, and `zod`; null: it never does
 */
export function wayToZod(file, seen = new Set()) {
  seen.add(file)
  for (const name of valueImports(file)) {
    if (/^zod(\/|$)/.test(name)) return [file, 'zod']
    const next = contractFile(file, name)
    if (next === null || seen.has(next)) continue
    const way = wayToZod(next, seen)
    if (way !== null) return [file, ...way]
  }
  return null
}

/** @param {string} file @returns {string[]} what it names in imports and exports that remain when it is built */
function valueImports(file) {
  const text = readFileSync(inRoot(file), 'utf8')
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
  return statements.flatMap((statement) => {
    const isType =
      (ts.isImportDeclaration(statement) && statement.importClause?.isTypeOnly) ||
      (ts.isExportDeclaration(statement) && statement.isTypeOnly)
    if (isType || !(ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)))
      return []
    const { moduleSpecifier } = statement
    return moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? [moduleSpecifier.text] : []
  })
}

/** @param {string} from @param {string} name @returns {string | null} the contract's file of that name */
function contractFile(from, name) {
  const isOurs = name === CONTRACT || name.startsWith(`${CONTRACT}/`)
  const inside = from.startsWith('server/contract/') && name.startsWith('.')
  if (inside) return path.join(path.dirname(from), name)
  if (!isOurs) return null
  const file = `server/contract/src/${name.slice(CONTRACT.length + 1) || 'index'}.ts`
  return existsSync(inRoot(file)) ? file : null
}
