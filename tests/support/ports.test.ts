import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { freePorts } from './ports.ts'

const PROCESSES = 4

it('ports of test processes that run side by side never meet', async () => {
  const module = import.meta.resolve('./ports.ts')
  const ask = `const { freePorts } = await import(${JSON.stringify(module)})
    const firsts = []
    for (let n = 0; n < 5; n += 1) firsts.push(await freePorts(8))
    console.log(JSON.stringify(firsts))
    await new Promise((resolve) => setTimeout(resolve, 300))`
  const run = promisify(execFile)
  const answers = await Promise.all(
    Array.from({ length: PROCESSES }, () =>
      run(process.execPath, ['--input-type=module', '-e', ask]),
    ),
  )
  const firsts = answers.flatMap(({ stdout }) => JSON.parse(stdout) as number[])
  const ports = firsts.flatMap((first) => Array.from({ length: 8 }, (_, index) => first + index))
  expect(firsts).toHaveLength(PROCESSES * 5)
  expect(new Set(ports).size).toBe(ports.length)
  expect(Math.max(...ports)).toBeLessThan(32_768)
})

it('the next call gives the next ports', async () => {
  const [one, other] = [await freePorts(3), await freePorts(3)]
  expect(Math.abs(other - one)).toBeGreaterThanOrEqual(3)
})
