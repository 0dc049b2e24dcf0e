export const SPEEDS = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2] as const

export interface Playback {
  readonly playing: boolean
  readonly speed: number
  /** The frame to show now, 0-based. */
  frame(): number
  play(): void
  pause(): void
  /** Goes to a frame, counted round the loop; playing goes on from there. */
  seek(frame: number): void
  setSpeed(speed: number): void
}

/**
 * Plays a loop of frames at the rate of the heart: the frame follows from the clock, so a slow screen drops frames
 * and never slows the heart down.
 *
 * @param cycleMs  length of the loop at speed 1, in ms
 * @param now      a monotonic clock in ms
 */
export function createPlayback({
  frames,
  cycleMs,
  now,
}: {
  frames: number
  cycleMs: number
  now: () => number
}): Playback {
  let playing = false
  let speed = 1
  /** Place in the loop, 0 ≤ phase < 1, at the time `since`. */
  let phase = 0
  let since = now()

  const phaseNow = (): number => {
    if (!playing) return phase
    const turned = phase + ((now() - since) * speed) / cycleMs
    return turned - Math.floor(turned)
  }
  const settle = (): void => {
    phase = phaseNow()
    since = now()
  }
  // The small number keeps a frame that was sought from rounding down to the one before it.
  const frame = (): number => Math.floor(phaseNow() * frames + 1e-6) % frames

  return {
    get playing() {
      return playing
    },
    get speed() {
      return speed
    },
    frame,
    play() {
      settle()
      playing = true
    },
    pause() {
      // Stops on the frame that is seen, so that stepping starts from it.
      phase = frame() / frames
      playing = false
    },
    seek(target) {
      phase = (((target % frames) + frames) % frames) / frames
      since = now()
    },
    setSpeed(next) {
      settle()
      speed = next
    },
  }
}

/** The next slower or faster speed of the list; the ends hold. */
export function neighbourSpeed(speed: number, direction: -1 | 1): number {
  const index = SPEEDS.findIndex((candidate) => candidate >= speed)
  const next = Math.min(SPEEDS.length - 1, Math.max(0, (index < 0 ? SPEEDS.length - 1 : index) + direction))
  return SPEEDS[next]!
}

export interface RateMeter {
  /** Call once for every frame that was really painted. */
  painted(): void
  /** Frames painted in the last second, per second; null until half a second was seen. */
  perSecond(): number | null
  reset(): void
}

/** Measures the rate that the eye gets, not the one that was asked for. */
export function createRateMeter(now: () => number, windowMs = 1000): RateMeter {
  let times: number[] = []
  return {
    painted() {
      const time = now()
      times.push(time)
      times = times.filter((past) => past >= time - windowMs)
    },
    perSecond() {
      const first = times[0]
      const last = times.at(-1)
      if (first === undefined || last === undefined || last - first < windowMs / 2) return null
      return ((times.length - 1) * 1000) / (last - first)
    },
    reset() {
      times = []
    },
  }
}
