import { sealKey } from '@visavis/contract/recording-key'
import { beforeAll, describe, expect, it } from 'vitest'
import { GRANT_SECRET, aPermission } from './recorder-process.ts'
import { useRecorders } from './recorder-scene.ts'
import { sendAll } from './rtp-clip.ts'
import type { Clip } from './rtp-clip.ts'

const { clip: clipOf, aRecorder, open, close, bringKey } = useRecorders()
let clip: Clip

beforeAll(async () => {
  clip = await clipOf(5)
})

describe('the permission to record', () => {
  it('[RC-1] is refused when it is forged, expired or used', async () => {
    const recorder = await aRecorder()
    const forged = await aPermission({ secret: 'f'.repeat(32) })
    const expired = await aPermission({ expiresAt: new Date(Date.now() - 1).toISOString() })
    for (const { grant, sealedKey } of [forged, expired]) {
      await expect(recorder.client.call('open', { grant, sealedKey })).rejects.toMatchObject({
        code: 'GRANT_REFUSED',
      })
    }
    const permission = await aPermission()
    const { grant, sealedKey } = permission
    const opened = await recorder.client.call('open', { grant, sealedKey })
    expect(await recorder.client.call('open', { grant, sealedKey })).toEqual(opened)
    const { result } = await close(recorder, permission)
    expect(result).toMatchObject({ tracks: [], lastMs: 0, journal: { isClosed: true } })
    await expect(recorder.client.call('open', { grant, sealedKey })).rejects.toMatchObject({
      code: 'GRANT_REFUSED',
    })
    for (const { recordingId } of [forged, expired]) {
      await expect(recorder.client.call('close', { recordingId })).rejects.toMatchObject({
        code: 'RECORDING_NOT_FOUND',
      })
    }
  })

  it('[RC-1] needs a key that is bound to the same recording', async () => {
    const recorder = await aRecorder()
    const [one, other] = [await aPermission(), await aPermission()]
    const forged = await sealKey(one.key, {
      secret: 'f'.repeat(32),
      objectId: one.recordingId,
    })
    for (const sealedKey of [other.sealedKey, forged]) {
      await expect(
        recorder.client.call('open', { grant: one.grant, sealedKey }),
      ).rejects.toMatchObject({ code: 'GRANT_REFUSED' })
    }
    expect(await recorder.info(one.recordingId)).toBeUndefined()
  })

  it('[RC-1] of a recording that was left opens nothing with another key', async () => {
    const first = await aRecorder()
    const opened = await open(first, clip)
    const { recordingId } = opened
    await sendAll(opened.port, clip.audio.datagrams)
    await first.stop()
    const second = await aRecorder()
    const wrong = new Uint8Array(32).fill(7)
    const sealedKey = await sealKey(wrong, { secret: GRANT_SECRET, objectId: recordingId })
    await second.client.call('finish', { recordingId, sealedKey })
    await second.becomes('FAILED', opened)
    const recorded = await bringKey(second, opened)
    expect(recorded.track('audio').lostPackets).toBe(0)
    await expect(
      second.client.call('finish', { recordingId: opened.visitId, sealedKey }),
    ).rejects.toMatchObject({ code: 'RECORDING_NOT_FOUND' })
  })
})
