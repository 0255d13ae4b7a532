import { spawnSync } from 'node:child_process'
import { exitCodeOf } from './run-command.mjs'

/** As the recorder tries it before it makes a copy: Latin and Cyrillic. */
const TRIED_TEXT = 'drawtext=font=Sans:text=AЯ'
const ONE_PICTURE = ['-v', 'error', '-f', 'lavfi', '-i', 'color=s=64x64:d=0.04']
const CURE = 'install an ffmpeg with libx264 and drawtext, or name one by FFMPEG_PATH'

/**
 * What the ffmpeg of this machine can do for copies of recordings: H.264 that opens everywhere, and writing into
 * the picture, without which no copy is made. Nothing when there is none.
 * @param {string | undefined} ffmpeg @returns {import('./doctor-checks.mjs').Finding[]}
 */
export const ffmpegFindings = (ffmpeg) => {
  if (!ffmpeg) return []
  const canWrite = exitCodeOf(ffmpeg, [...ONE_PICTURE, '-vf', TRIED_TEXT, '-f', 'null', '-']) === 0
  return [
    able('ffmpeg libx264', hasH264(ffmpeg), 'copies are WebM, which fewer players open'),
    able(
      'ffmpeg drawtext',
      canWrite,
      'no copies: they must say in the picture that they are copies',
    ),
  ]
}

/** @param {string} ffmpeg */
const hasH264 = (ffmpeg) => {
  const { stdout } = spawnSync(ffmpeg, ['-hide_banner', '-encoders'], { encoding: 'utf8' })
  return / libx264 /.test(stdout ?? '') && / aac /.test(stdout ?? '')
}

/**
 * @param {string} name @param {boolean} isAble @param {string} missing
 * @returns {import('./doctor-checks.mjs').Finding}
 */
const able = (name, isAble, missing) =>
  isAble
    ? { name, state: 'ok', found: 'there' }
    : { name, state: 'warn', found: missing, cure: CURE }
