import { openCast } from './cast.ts'
import type { Cast } from './cast.ts'
import { openDemo } from './demo.ts'
import type { Demo } from './demo.ts'
import { startStack } from './stack.ts'
import type { Stack } from './stack.ts'

/** The whole product, a visit that can be joined now, and three people before their browsers. */
export type OpenScene = {
  readonly stack: Stack
  readonly demo: Demo
  readonly cast: Cast
  readonly close: () => Promise<void>
}

/** Opens all of it, for programs that are no tests; what stands already is closed if a later part fails. */
export async function openScene({ isHeaded = false } = {}): Promise<OpenScene> {
  const closers: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    for (const closeOne of closers.splice(0).toReversed()) await closeOne()
  }
  try {
    const stack = await startStack()
    closers.push(() => stack.stop())
    const demo = await openDemo(stack)
    closers.push(demo.close)
    const cast = await openCast({ isHeaded })
    closers.push(cast.close)
    return { stack, demo, cast, close }
  } catch (error) {
    await close()
    throw error
  }
}
