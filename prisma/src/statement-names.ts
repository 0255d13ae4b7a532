/** So many statements of one process are kept prepared on each connection; the program has fewer. */
const MOST_NAMES = 500

/**
 * Names for statements, by which a connection knows those it has parsed and planned before: the larger
 * ones take PostgreSQL longer to plan than to run. What comes after the last name, as from lists of ever
 * other lengths, stays unnamed.
 */
export function createStatementNames(
  mostNames = MOST_NAMES,
): (query: { readonly sql: string }) => string {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    // An empty name is PostgreSQL's own for a statement that is not kept.
    if (names.size >= mostNames) return ''
    const name = `s${names.size}`
    names.set(sql, name)
    return name
  }
}
