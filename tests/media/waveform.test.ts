import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } from 'mediabunny'
import { findFfmpeg } from '@visavis/recordings/derive/ffmpeg'
import { makeWaveform } from '@visavis/recordings/derive/waveform'
import type { TimedSound } from '@visavis/recordings/derive/waveform'
import { afterAll, beforeAll, expect, it } from 'vitest'

const run = promisify(execFile)
let folder: string
let packets: TimedSound[]

/** Six seconds: silent, but for a loud tone in the second one and a quiet one in the fifth. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-waveform-'))
  const path = join(folder, 'sound.webm')
  const loudness = 'if(between(t,1,2),0.5,if(between(t,4,5),0.05,0))'
  await run('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', `aevalsrc='${loudness}*sin(2*PI*800*t)':s=48000:d=6`],
    ...['-c:a', 'libopus', '-frame_duration', '20', path],
  ])
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) })
  const track = await input.getPrimaryAudioTrack()
  packets = []
  for await (const { data, timestamp } of track ? new EncodedPacketSink(track).packets() : []) {
    packets.push({ bytes: data, startMs: 7_000 + timestamp * 1_000 })
  }
  input.dispose()
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function levelsOf(sounds: readonly TimedSound[]): Promise<Buffer> {
  const made = await makeWaveform(sounds, { ffmpeg: await findFfmpeg(), channels: 2 })
  expect(made?.everyMs).toBe(100)
  return Buffer.from(made?.levels ?? '', 'base64')
}

it('[RC-5] a sound’s waveform says how loud it is, a tenth of a second each', async () => {
  const levels = await levelsOf(packets)
  expect(levels.length).toBeGreaterThanOrEqual(60)
  expect(levels.length).toBeLessThanOrEqual(61)
  for (const at of [2, 7, 25, 35, 55]) expect(levels[at]).toBeLessThan(3)
  for (const at of [12, 15, 18]) expect(Math.abs((levels[at] ?? 0) - 127)).toBeLessThan(12)
  for (const at of [42, 45, 48]) expect(Math.abs((levels[at] ?? 0) - 13)).toBeLessThan(4)
})

it('[RC-5] what never came is silence, and the rest stays in its place', async () => {
  const withHole = packets.filter(({ startMs }) => startMs < 8_500 || startMs >= 11_500)
  const levels = await levelsOf(withHole)
  for (const at of [12, 14]) expect(levels[at]).toBeGreaterThan(100)
  for (const at of [17, 25, 40]) expect(levels[at]).toBeLessThan(3)
  for (const at of [46, 48]) expect(levels[at]).toBeGreaterThan(8)
  expect(Math.abs(levels.length - 60)).toBeLessThanOrEqual(1)
})

it('[RC-5] there is none without ffmpeg, without sound, or of what is no sound; nothing fails for it', async () => {
  const ffmpeg = await findFfmpeg()
  expect(await makeWaveform(packets, { ffmpeg: null, channels: 2 })).toBeNull()
  expect(await makeWaveform([], { ffmpeg, channels: 2 })).toBeNull()
  const gone = ffmpeg && { ...ffmpeg, path: '/nowhere/ffmpeg' }
  expect(await makeWaveform(packets, { ffmpeg: gone, channels: 2 })).toBeNull()
  expect(await findFfmpeg('/nowhere/ffmpeg')).toBeNull()
})
