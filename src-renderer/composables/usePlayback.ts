import { onScopeDispose, shallowRef, type Ref } from 'vue'
import { createPlayback, createRateMeter, neighbourSpeed, type Loop } from '../components/cine/playback.ts'

export interface PlaybackControls {
  frame: Readonly<Ref<number>>
  playing: Readonly<Ref<boolean>>
  speed: Readonly<Ref<number>>
  /** Frames that were really painted in the last two seconds, per second; null while that is not known. */
  paintedPerSecond: Readonly<Ref<number | null>>
  toggle(): void
  step(by: number): void
  seek(frame: number): void
  setSpeed(speed: number): void
  changeSpeed(direction: -1 | 1): void
  setLoop(loop: Loop): void
}

/**
 * Runs a loop of frames on the screen's own clock and calls `paint` once for every new frame.
 *
 * @param cycleMs  length of the loop at speed 1, in ms
 */
export function usePlayback({
  frames,
  cycleMs,
  paint,
}: {
  frames: number
  cycleMs: number
  paint: (frame: number) => void
}): PlaybackControls {
  const now = (): number => performance.now()
  const playback = createPlayback({ frames, cycleMs, now })
  const meter = createRateMeter(now)
  const frame = shallowRef(0)
  const playing = shallowRef(false)
  const speed = shallowRef(playback.speed)
  const paintedPerSecond = shallowRef<number | null>(null)
  let request = 0
  let shown = -1
  let reportedAt = 0

  function show(): void {
    const current = playback.frame()
    if (current === shown) return
    shown = current
    paint(current)
    frame.value = current
    meter.painted()
  }

  function tick(): void {
    show()
    // Twice a second: a number that changes with every frame cannot be read.
    if (now() - reportedAt > 500) {
      reportedAt = now()
      paintedPerSecond.value = meter.perSecond()
    }
    request = requestAnimationFrame(tick)
  }

  function restartMeter(): void {
    meter.reset()
    paintedPerSecond.value = null
  }

  function play(): void {
    playback.play()
    playing.value = true
    restartMeter()
    request = requestAnimationFrame(tick)
  }

  function pause(): void {
    playback.pause()
    playing.value = false
    cancelAnimationFrame(request)
    restartMeter()
    show()
  }

  function seek(target: number): void {
    playback.seek(target)
    show()
  }

  function setSpeed(next: number): void {
    playback.setSpeed(next)
    speed.value = next
    restartMeter()
  }

  onScopeDispose(() => cancelAnimationFrame(request))

  return {
    frame,
    playing,
    speed,
    paintedPerSecond,
    seek,
    setSpeed,
    setLoop(loop) {
      playback.setLoop(loop)
      restartMeter()
      show()
    },
    toggle: () => (playing.value ? pause() : play()),
    step(by) {
      if (playing.value) pause()
      seek(playback.frame() + by)
    },
    changeSpeed: (direction) => setSpeed(neighbourSpeed(speed.value, direction)),
  }
}
