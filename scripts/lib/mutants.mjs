import ts from 'typescript'

/**
 * A change to a source that its tests should notice.
 * @typedef {{start: number, end: number, text: string, line: number, what: string}} Mutant
 */

const { SyntaxKind } = ts

/** What each operator becomes: its opposite, or its neighbour. @type {ReadonlyMap<number, string>} */
const SWAPS = new Map([
  [SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [SyntaxKind.LessThanToken, '<='],
  [SyntaxKind.LessThanEqualsToken, '<'],
  [SyntaxKind.GreaterThanToken, '>='],
  [SyntaxKind.GreaterThanEqualsToken, '>'],
  [SyntaxKind.AmpersandAmpersandToken, '||'],
  [SyntaxKind.BarBarToken, '&&'],
  [SyntaxKind.QuestionQuestionToken, '&&'],
  [SyntaxKind.PlusToken, '-'],
  [SyntaxKind.MinusToken, '+'],
  [SyntaxKind.AsteriskToken, '/'],
  [SyntaxKind.SlashToken, '*'],
  [SyntaxKind.PercentToken, '*'],
  [SyntaxKind.AmpersandToken, '|'],
  [SyntaxKind.BarToken, '&'],
])

/** Nobody reads these but whoever looks for a fault. */
const WORDS_FOR_LOGS = new Set(['panic', 'Error', 'Fault', 'Panic', 'RangeError', 'TypeError'])

/** @param {import('typescript').Node} node types, imports and loops' own conditions, which may never end */
const isLeftAlone = (node) =>
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isTypeNode(node)

/** @param {import('typescript').Node} node */
const isWordsForLogs = (node) => {
  const { parent } = node
  const isCall = ts.isCallExpression(parent) || ts.isNewExpression(parent)
  return isCall && WORDS_FOR_LOGS.has(parent.expression.getText())
}

/** @param {import('typescript').Node} node */
const isName = ({ parent }) =>
  (ts.isPropertyAssignment(parent) && !ts.isStringLiteral(parent.initializer)) ||
  ts.isPropertySignature(parent) ||
  ts.isLiteralTypeNode(parent)

/** @param {import('typescript').Node} node @returns {[string, string] | null} the text in its place, and what was done */
const literalOf = (node) => {
  if (node.kind === SyntaxKind.TrueKeyword) return ['false', 'true is false']
  if (node.kind === SyntaxKind.FalseKeyword) return ['true', 'false is true']
  if (ts.isNumericLiteral(node)) return [`(${node.text} + 1)`, 'number is one more']
  if (ts.isStringLiteral(node) && !isWordsForLogs(node) && !isName(node))
    return [node.text === '' ? "'x'" : "''", 'text is another']
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) return ['[]', 'list is empty']
  return null
}

/** @param {import('typescript').Node} node @returns {[import('typescript').Node, string, string][]} */
const changesOf = (node) => {
  const literal = literalOf(node)
  if (literal) return [[node, ...literal]]
  if (ts.isBinaryExpression(node)) {
    const swap = SWAPS.get(node.operatorToken.kind)
    return swap ? [[node.operatorToken, swap, `${node.operatorToken.getText()} is ${swap}`]] : []
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken)
    return [[node, node.operand.getText(), 'not is left out']]
  if (ts.isIfStatement(node))
    return [[node.expression, `!(${node.expression.getText()})`, 'condition is negated']]
  if (ts.isConditionalExpression(node))
    return [[node.condition, `!(${node.condition.getText()})`, 'condition is negated']]
  if (ts.isExpressionStatement(node)) return [[node, ';', 'statement is left out']]
  return []
}

/** @param {import('typescript').Node} node the parts that are looked through */
const partsOf = (node) => {
  if (ts.isWhileStatement(node) || ts.isDoStatement(node)) return []
  if (ts.isForStatement(node)) return [node.statement]
  /** @type {import('typescript').Node[]} */
  const parts = []
  node.forEachChild((part) => void parts.push(part))
  return parts
}

/**
 * Every mutant of a source, in the order of its text. Loops that could run for ever are left alone.
 * @param {string} source
 * @returns {Mutant[]}
 */
export const mutantsOf = (source) => {
  const file = ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest, true)
  /** @type {Mutant[]} */
  const mutants = []
  /** @param {import('typescript').Node} node */
  const visit = (node) => {
    if (isLeftAlone(node)) return
    for (const [at, text, what] of changesOf(node)) {
      const [start, end] = [at.getStart(file), at.getEnd()]
      const line = file.getLineAndCharacterOfPosition(start).line + 1
      mutants.push({ start, end, text, line, what })
    }
    partsOf(node).forEach(visit)
  }
  visit(file)
  return mutants
}

/**
 * The source with one change.
 * @param {string} source @param {Mutant} mutant
 * @returns {string}
 */
export const mutated = (source, { start, end, text }) =>
  `${source.slice(0, start)}${text}${source.slice(end)}`
