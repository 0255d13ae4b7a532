/// <reference types="vite/client" />
import { Fault } from '@visavis/contract/errors'
import type { SeenFace } from './advice-rules.ts'
import workerAddress from './face-worker.ts?worker&url'
import { scriptAddress } from './script-address.ts'

/** A picture to look at: RGBA, row by row. */
export type Picture = {
  readonly width: number
  readonly height: number
  readonly pixels: ArrayBuffer
}

/** What was seen, and how long the look took in ms. */
export type FaceLook = { readonly faces: readonly SeenFace[]; readonly costMs: number }

/** What goes to the worker, and comes back from it. */
export type LookAsked = Picture & { readonly lookId: number }
export type LookAnswered = { readonly lookId: number } & (FaceLook | { readonly error: string })

/** Looks for faces in a worker of its own, so that nothing waits for it; the picture stays on this device. */
export type FaceLooker = {
  /** One look at a time. Rejects where worker or model cannot be had: then there is no advice. */
  readonly look: (picture: Picture) => Promise<FaceLook>
  readonly close: () => void
}

type Waiting = { readonly resolve: (look: FaceLook) => void; readonly reject: (why: Error) => void }

/** Starts the worker; the model comes with its first look. */
export function openFaceLooker(): FaceLooker {
  const worker = new Worker(scriptAddress(workerAddress), { type: 'module' })
  let lookId = 0
  let waiting: Waiting | null = null
  const fail = (why: string): void => waiting?.reject(new Fault(why))
  worker.addEventListener('error', () => fail('the worker cannot be had'))
  worker.addEventListener('message', ({ data }: MessageEvent<LookAnswered>) => {
    if (data.lookId !== lookId) return
    if ('error' in data) fail(data.error)
    else waiting?.resolve({ faces: data.faces, costMs: data.costMs })
  })
  return {
    look({ width, height, pixels }) {
      lookId += 1
      const asked: LookAsked = { lookId, width, height, pixels }
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        worker.postMessage(asked, [pixels])
      })
    },
    close() {
      worker.terminate()
      fail('closed')
    },
  }
}
