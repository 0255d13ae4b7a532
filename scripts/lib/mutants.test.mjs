import { describe, expect, it } from 'vitest'
import { mutantsOf, mutated } from './mutants.mjs'

const all = (source) => mutantsOf(source).map((mutant) => mutated(source, mutant))

describe('mutants', () => {
  it('swap operators, negate conditions, change literals and leave statements out', () => {
    expect(all('if (a < 1) b()')).toEqual([
      'if (!(a < 1)) b()',
      'if (a <= 1) b()',
      'if (a < (1 + 1)) b()',
      'if (a < 1) ;',
    ])
    expect(all('const x = !y ? [true] : ""')).toEqual([
      'const x = !(!y) ? [true] : ""',
      'const x = y ? [true] : ""',
      'const x = !y ? [] : ""',
      'const x = !y ? [false] : ""',
      `const x = !y ? [true] : 'x'`,
    ])
  })

  it('leave types, imports, words for logs and loops’ conditions alone', () => {
    expect(all("import { a } from 'a'\ntype T = 'x' | 1\nconst f = (): 'y' => g")).toEqual([])
    expect(all("const f = () => panic('never')\nwhile (a < 1) b()")).toEqual([])
  })

  it('say where they are', () => {
    expect(mutantsOf('\n\nconst x = 1')).toMatchObject([{ line: 3, what: 'number is one more' }])
  })
})
