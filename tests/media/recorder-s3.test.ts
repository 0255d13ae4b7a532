import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import { RecordingResult, recordingFolderOf } from '@visavis/contract/recording-result'
import { ObjectStoreConfig, createObjectStore } from '@visavis/platform/object-store/index'
import { fileContext, openMessage } from '@visavis/platform/sealed/cobblestone'
import { JOURNAL_FILE, RESULT_FILE, recordingFolder } from '@visavis/recordings/recording-folders'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { useRecorders } from './recorder-scene.ts'
import { sendAll } from './rtp-clip.ts'

/** The account that this S3 server knows. */
const ACCOUNT = 'S3RVER'

const { dataDir, clip, aRecorder, open } = useRecorders()
let folder: string
let server: S3rver
let env: Record<string, string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recorder-s3-'))
  server = new S3rver({
    ...{ address: '127.0.0.1', port: 0, silent: true, directory: folder },
    configureBuckets: [{ name: 'recordings' }],
  })
  const { port } = await server.run()
  env = {
    OBJECT_STORE: 's3://recordings/prison',
    S3_ENDPOINT: `http://127.0.0.1:${port}`,
    ...{ S3_ACCESS_KEY_ID: ACCOUNT, S3_SECRET_ACCESS_KEY: ACCOUNT },
  }
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

it('[RC-7] a recording goes to an S3 store whole, is proved there, and leaves this disk', async () => {
  const taps = await clip(5)
  const noStore = { ...env, S3_ENDPOINT: 'http://127.0.0.1:9' }
  const cutOff = await aRecorder({ env: noStore })
  const opened = await open(cutOff, taps)
  const { recordingId, sealedKey } = opened
  await sendAll(opened.port, [...taps.audio.datagrams, ...taps.video.datagrams])
  await cutOff.client.call('close', { recordingId })
  await cutOff.becomes('FAILED', opened)
  await cutOff.stop()
  const local = recordingFolder(dataDir(), opened)
  expect(await readdir(local)).toContain(JOURNAL_FILE)

  const recorder = await aRecorder({ env })
  await recorder.becomes('LEFT', opened)
  await recorder.client.call('finish', { recordingId, sealedKey })
  const info = await recorder.becomes('FINISHED', opened)
  const left = await readdir(local)
  expect(left).toContain(RESULT_FILE)
  expect(left.filter((name) => !name.endsWith('.part'))).toEqual([RESULT_FILE])

  const store = createObjectStore({ ...ObjectStoreConfig.parse(env), RECORDINGS_DIR: folder })
  const prefix = recordingFolderOf(opened)
  const read = async (file: string): Promise<Buffer> => {
    const size = (await store.sizeOf(`${prefix}/${file}`)) ?? expect.unreachable(`no ${file}`)
    return store.readAt(`${prefix}/${file}`, 0, size - 1)
  }
  const text = await read(RESULT_FILE)
  expect(createHash('sha256').update(text).digest('hex')).toBe(info.resultSha256)
  const result = RecordingResult.parse(JSON.parse(text.toString()))
  expect((await read(JOURNAL_FILE)).length).toBe(result.journal.bytes)
  for (const { master } of result.tracks) {
    const context = fileContext(recordingId, master.file)
    const plain = openMessage(await read(master.file), { key: opened.key, context })
    expect(createHash('sha256').update(plain).digest('hex')).toBe(master.plainSha256)
  }
  await recorder.stop()
  expect(await (await aRecorder({ env })).info(recordingId)).toEqual(info)
  store.close()
})
