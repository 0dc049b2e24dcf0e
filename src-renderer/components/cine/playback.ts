export const SPEEDS = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2] as const
export const SLOWEST = 0.05
export const FASTEST = 3

/** The frames that are played, both ends included, round and round or to and fro. */
export interface Loop {
  first: number
  last: number
  sweep: boolean
}

export interface Playback {
  readonly playing: boolean
  readonly speed: number
  /** The frame to show now, 0-based. */
  frame(): number
  play(): void
  pause(): void
  /** Goes to a frame of the whole cycle, counted round; playing goes on from there, or from the loop's first frame. */
  seek(frame: number): void
  setSpeed(speed: number): void
  /** Playing goes on from the frame that is shown where the loop holds it, else from the loop's first frame. */
  setLoop(loop: Loop): void
}

/**
 * Plays a loop of frames at the rate of the heart: the frame follows from the clock, so a slow screen drops frames
 * and never slows the heart down.
 *
 * @param cycleMs  length of the whole cycle at speed 1, in ms
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
  let loop: Loop = { first: 0, last: frames - 1, sweep: false }
  /** Frames since the start of the loop at the time `since`; while paused the frame that stands is `still`. */
  let place = 0
  let still = 0
  let since = now()

  const placeNow = (): number => place + ((now() - since) * speed * frames) / cycleMs
  const startAt = (frame: number): void => {
    place = frame >= loop.first && frame <= loop.last ? frame - loop.first : 0
    since = now()
  }
  const frame = (): number => (playing ? loopFrame(placeNow(), loop) : still)

  return {
    get playing() {
      return playing
    },
    get speed() {
      return speed
    },
    frame,
    play() {
      startAt(still)
      playing = true
    },
    pause() {
      // Stops on the frame that is seen, so that stepping starts from it.
      still = frame()
      playing = false
    },
    seek(target) {
      still = ((target % frames) + frames) % frames
      startAt(still)
    },
    setSpeed(next) {
      if (playing) place = placeNow()
      since = now()
      speed = next
    },
    setLoop(next) {
      const shown = frame()
      loop = next
      startAt(shown)
    },
  }
}

/** @param place frames since the loop began; the small number keeps one that was sought from rounding down */
function loopFrame(place: number, { first, last, sweep }: Loop): number {
  const length = last - first + 1
  const turned = Math.floor(place + 1e-6) % (sweep ? 2 * length : length)
  return first + (turned < length ? turned : 2 * length - 1 - turned)
}

/** The next slower or faster speed of the list; the ends hold. */
export function neighbourSpeed(speed: number, direction: -1 | 1): number {
  const next = direction > 0 ? SPEEDS.find((value) => value > speed) : SPEEDS.findLast((value) => value < speed)
  return next ?? speed
}

export interface RateMeter {
  /** Call once for every frame that was really painted. */
  painted(): void
  /** Frames painted in the last two seconds, per second; null until half a second was seen. */
  perSecond(): number | null
  reset(): void
}

/** Long enough that one frame more or less at its ends is half a frame a second. */
const RATE_WINDOW_MS = 2000

/** Measures the rate that the eye gets, not the one that was asked for. */
export function createRateMeter(now: () => number, windowMs = RATE_WINDOW_MS): RateMeter {
  const times: number[] = []
  return {
    painted() {
      const time = now()
      times.push(time)
      // The last one before the window stays: a picture that stood still into the window was a slow one.
      const inside = times.findIndex((past) => past > time - windowMs)
      if (inside > 1) times.splice(0, inside - 1)
    },
    perSecond() {
      const first = times[0]
      const last = times.at(-1)
      if (first === undefined || last === undefined || last - first < 500) return null
      return ((times.length - 1) * 1000) / (last - first)
    },
    reset() {
      times.length = 0
    },
  }
}
