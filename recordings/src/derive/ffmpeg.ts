import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { Writable } from 'node:stream'
import { promisify } from 'node:util'
import { Fault, panic } from '@visavis/contract/errors'

/** The ffmpeg of this machine and what it can do. */
export type Ffmpeg = {
  readonly path: string
  /** As it calls itself: `5.1.9-0+deb12u1`. */
  readonly version: string
  /** H.264 and AAC, for copies that open everywhere. */
  readonly hasH264: boolean
  /** Whether it can write into pictures: a copy without its marks is not made. */
  readonly canWriteText: boolean
}

/** A running ffmpeg. */
export type FfmpegRun = {
  readonly child: ChildProcess
  /** Resolves when it has ended well; throws a Fault with its last words. */
  readonly ended: Promise<void>
}

const run = promisify(execFile)
/** The last processes in the queue: a visit that is being recorded comes first. */
const LOWEST_PRIORITY = ['nice', '-n', '19'] as const
const MOST_LAST_WORDS = 120
/** What is written into a picture to see whether text can be: Latin and Cyrillic. */
const TRIED_TEXT = 'drawtext=font=Sans:text=AЯ'

/** Looks for ffmpeg (`FFMPEG_PATH`, or on the PATH) and tries it; null when there is none that runs. */
export async function findFfmpeg(path = 'ffmpeg'): Promise<Ffmpeg | null> {
  const version = await textOf(path, ['-version'])
  if (version === null) return null
  const encoders = (await textOf(path, ['-hide_banner', '-encoders'])) ?? ''
  const trial = ['-v', 'error', '-f', 'lavfi', '-i', 'color=s=64x64:d=0.04', '-vf', TRIED_TEXT]
  return {
    path,
    version: /^ffmpeg version (\S+)/.exec(version)?.[1] ?? 'unknown',
    hasH264: / libx264 /.test(encoders) && / aac /.test(encoders),
    canWriteText: (await textOf(path, [...trial, '-f', 'null', '-'])) !== null,
  }
}

async function textOf(path: string, args: readonly string[]): Promise<string | null> {
  return run(path, args).then(
    ({ stdout }) => stdout,
    () => null,
  )
}

/**
 * Starts it at the lowest priority: its standard output and `inputs` further pipes, from file descriptor 3 on,
 * are ours. It ends with these pipes, so none is left over when this process is killed.
 */
export function startFfmpeg(
  { path }: Ffmpeg,
  args: readonly string[],
  { inputs }: { inputs: number },
): FfmpegRun {
  const [nice, ...niceArgs] = LOWEST_PRIORITY
  const pipes = Array.from({ length: inputs }, () => 'pipe' as const)
  const child = spawn(nice, [...niceArgs, path, '-nostdin', '-v', 'error', ...args], {
    stdio: ['ignore', 'pipe', 'pipe', ...pipes],
  })
  return { child, ended: endOf(child) }
}

/** One of its input pipes, by file descriptor; a reader that is gone is told by the end of the process alone. */
export function pipeOf(child: ChildProcess, descriptor: number): Writable {
  const pipe = child.stdio[descriptor]
  if (!(pipe instanceof Writable)) panic('ffmpeg has no such input')
  pipe.on('error', () => undefined)
  return pipe
}

function endOf(child: ChildProcess): Promise<void> {
  let lastWords = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-MOST_LAST_WORDS)
  })
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (cause) => reject(new Fault('ffmpeg does not start', { cause })))
    child.once('close', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Fault(`ffmpeg failed (${code ?? signal}): ${lastWords.trim()}`))
    })
  })
  // Whoever waits learns of it; one that was given up is nobody's surprise.
  ended.catch(() => undefined)
  return ended
}
