import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024

/** Length that an independent reader sees in a file, in seconds. */
export async function probeDuration(path: string): Promise<number> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path],
  ])
  return Number(stdout)
}

/** What a decoder complains of; empty for a sound file. */
export async function decodeErrors(path: string): Promise<string> {
  const { stderr } = await run('ffmpeg', ['-v', 'error', '-i', path, '-f', 'null', '-'])
  return stderr
}

/** Seconds in a file at which the picture turns from dark to bright. */
export async function flashes(path: string): Promise<number[]> {
  const { stdout } = await run(
    'ffmpeg',
    [
      ...['-v', 'error', '-i', path, '-vf'],
      'signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-',
      ...['-f', 'null', '-'],
    ],
    { maxBuffer: MAX_OUTPUT_BYTES },
  )
  const frames = [...stdout.matchAll(/pts_time:(\S+)\s+\S+YAVG=(\S+)/g)].map(([, time, light]) => ({
    time: Number(time),
    isBright: Number(light) > 128,
  }))
  return frames
    .filter(({ isBright }, at) => isBright && frames[at - 1]?.isBright === false)
    .map(({ time }) => time)
}

/** Seconds in a file at which silence ends. */
export async function beeps(path: string): Promise<number[]> {
  const { stderr } = await run(
    'ffmpeg',
    [
      '-hide_banner',
      '-nostats',
      '-i',
      path,
      '-af',
      'silencedetect=n=-30dB:d=0.3',
      '-f',
      'null',
      '-',
    ],
    { maxBuffer: MAX_OUTPUT_BYTES },
  )
  return [...stderr.matchAll(/silence_end: (\S+)/g)].map(([, time]) => Number(time))
}
