import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { freePorts } from './ports.ts'

const PROCESSES = 3
const CALLS = 4
const PORTS_A_CALL = 8

it('ports of test processes that run side by side never meet', async () => {
  const module = import.meta.resolve('./ports.ts')
  const ask = `const { freePorts } = await import(${JSON.stringify(module)})
    const firsts = []
    for (let n = 0; n < ${CALLS}; n += 1) firsts.push(await freePorts(${PORTS_A_CALL}))
    process.stdout.write(JSON.stringify(firsts))
    process.stdin.resume()`
  const children = Array.from({ length: PROCESSES }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', ask]),
  )
  // Each lives until all have answered.
  const answers = await Promise.all(children.map(({ stdout }) => once(stdout, 'data')))
  children.forEach((child) => child.stdin.end())
  const firsts = answers.flatMap(([text]) => JSON.parse(String(text)) as number[])
  const ports = firsts.flatMap((first) =>
    Array.from({ length: PORTS_A_CALL }, (_, index) => first + index),
  )
  expect(firsts).toHaveLength(PROCESSES * CALLS)
  expect(new Set(ports).size).toBe(ports.length)
  expect(Math.max(...ports)).toBeLessThan(32_768)
})

it('the next call gives the next ports', async () => {
  const [one, other] = [await freePorts(3), await freePorts(3)]
  expect(Math.abs(other - one)).toBeGreaterThanOrEqual(3)
})
