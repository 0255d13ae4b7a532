import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FaceReport } from '@visavis/contract/advice'
import type { VisitSnapshot } from '@visavis/contract/visit'
import { peopleToSee, watchFaces } from './advice-watch.ts'
import type { FaceLook } from './face-look.ts'

type Told = { isOn?: boolean; state?: string; others?: readonly object[] }

const aView = ({ isOn = true, state = 'IN', others = [] }: Told = {}): VisitSnapshot =>
  ({
    state: 'LIVE',
    you: { seatId: 'me', state, detectors: { face: isOn, dark: true, silent: true } },
    others,
  }) as unknown as VisitSnapshot

const NOBODY: FaceLook = { faces: [], costMs: 100 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A watch on a camera before which nobody is; what a browser gives is said by `device`. */
function aWatch() {
  const device = { sight: 'visible', isVideoMuted: false, isDataSaver: false, isLow: false }
  const seen = { opened: 0, looks: 0, costMs: 100, isBroken: false }
  const told: (FaceReport | null)[] = []
  const track = { readyState: 'live', muted: false }
  const stream = { getVideoTracks: () => [track] }
  const look = async (): Promise<FaceLook> => {
    seen.looks += 1
    if (seen.isBroken) throw new Error('no model')
    return { ...NOBODY, costMs: seen.costMs }
  }
  const watch = watchFaces({
    local: {
      getState: () => ({ phase: 'ready', stream, isVideoMuted: device.isVideoMuted }) as never,
    },
    wishes: { getState: () => ({ isDataSaver: device.isDataSaver, keepsPicture: false }) },
    onChange: (finding) => told.push(finding),
    page: {
      get visibilityState() {
        return device.sight as DocumentVisibilityState
      },
    },
    openLooker: () => {
      seen.opened += 1
      return { look, close: () => undefined }
    },
    copier: {
      copy: (camera) => (camera ? { width: 1, height: 1, pixels: new ArrayBuffer(4) } : null),
      close: () => undefined,
    },
    battery: { isLow: () => device.isLow },
  })
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
  return { watch, device, seen, told, pass }
}

describe('[LV-11] the own picture', () => {
  it('is looked at each 3 s and told of after 8 s, as one piece of advice', async () => {
    const { watch, seen, told, pass } = aWatch()
    watch.sees(aView())
    await pass(8_900)
    expect([seen.looks, told.length]).toEqual([3, 0])
    await pass(60_000)
    expect(told).toEqual([{ finding: 'NONE', confidence: 0.95 }])
    expect(seen.opened).toBe(1)
    watch.close()
    const { looks } = seen
    await pass(60_000)
    expect(seen.looks).toBe(looks)
  })

  it('is not looked at, nor a model loaded, where the facility does not want it or nobody is in', async () => {
    const { watch, seen, pass } = aWatch()
    for (const view of [aView({ isOn: false }), aView({ state: 'WAITING' })]) {
      watch.sees(view)
      await pass(30_000)
    }
    expect(seen).toMatchObject({ opened: 0, looks: 0 })
    watch.sees(aView())
    await pass(1_000)
    expect(seen).toMatchObject({ opened: 1, looks: 1 })
    watch.close()
  })

  it.each([
    ['the page is out of sight', { sight: 'hidden' }],
    ['the camera is off', { isVideoMuted: true }],
    ['data and battery are short', { isDataSaver: true, isLow: true }],
  ])('is not looked at while %s, and nothing is said then', async (_why, given) => {
    const { watch, device, seen, told, pass } = aWatch()
    watch.sees(aView())
    await pass(20_000)
    expect(told.at(-1)).toMatchObject({ finding: 'NONE' })
    const before = { ...device }
    Object.assign(device, given)
    await pass(4_000)
    expect(told.at(-1)).toBeNull()
    const { looks } = seen
    await pass(30_000)
    expect(seen.looks).toBe(looks)
    Object.assign(device, before)
    await pass(20_000)
    expect(told.at(-1)).toMatchObject({ finding: 'NONE' })
    watch.close()
  })

  it('is looked at less often where that is dear, and not at all where the model cannot be had', async () => {
    const dear = aWatch()
    dear.seen.costMs = 1_000
    dear.watch.sees(aView())
    await dear.pass(59_000)
    expect(dear.seen.looks).toBe(3)
    dear.watch.close()
    const broken = aWatch()
    broken.seen.isBroken = true
    broken.watch.sees(aView())
    await broken.pass(60_000)
    broken.watch.sees(aView())
    await broken.pass(60_000)
    expect([broken.seen.looks, broken.told]).toEqual([1, []])
    broken.watch.close()
  })

  it('may show whoever was let in at this camera, and nobody else', () => {
    const at = (cameraSeatId: string | null, state: string) => ({ cameraSeatId, state })
    const others = [at('me', 'IN'), at('me', 'WAITING'), at(null, 'IN'), at('other', 'IN')]
    expect(peopleToSee(aView({ others }))).toBe(2)
    expect(peopleToSee(aView({ state: 'ADMITTED' }))).toBeNull()
  })
})
