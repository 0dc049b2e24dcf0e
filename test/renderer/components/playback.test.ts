import { describe, expect, it } from 'vitest'
import { createPlayback, createRateMeter, neighbourSpeed, SPEEDS } from '@/components/cine/playback.ts'

function makeClock(): { now: () => number; pass: (ms: number) => void } {
  let time = 5000
  return { now: () => time, pass: (ms) => void (time += ms) }
}

describe('playing a heartbeat of 850 ms in 50 frames', () => {
  const start = () => {
    const clock = makeClock()
    return { clock, playback: createPlayback({ frames: 50, cycleMs: 850, now: clock.now }) }
  }

  it('stands on the first frame until it plays', () => {
    const { clock, playback } = start()
    clock.pass(400)
    expect(playback.frame()).toBe(0)
  })

  it('shows each frame for 17 ms and returns to the first after one beat', () => {
    const { clock, playback } = start()
    playback.play()
    clock.pass(16.9)
    expect(playback.frame()).toBe(0)
    clock.pass(0.2)
    expect(playback.frame()).toBe(1)
    clock.pass(850 - 17.1)
    expect(playback.frame()).toBe(0)
  })

  it('keeps the heart rate on a slow screen by dropping frames', () => {
    const { clock, playback } = start()
    playback.play()
    const seen = Array.from({ length: 5 }, () => {
      clock.pass(170)
      return playback.frame()
    })
    expect(seen).toEqual([10, 20, 30, 40, 0])
  })

  it('halves the pace at half speed, from the frame where it was', () => {
    const { clock, playback } = start()
    playback.play()
    clock.pass(170)
    playback.setSpeed(0.5)
    expect(playback.frame()).toBe(10)
    clock.pass(170)
    expect(playback.frame()).toBe(15)
  })

  it('stays where it was paused and goes on from there', () => {
    const { clock, playback } = start()
    playback.play()
    clock.pass(345)
    playback.pause()
    const paused = playback.frame()
    clock.pass(10_000)
    expect(playback.frame()).toBe(paused)
    playback.play()
    clock.pass(17.1)
    expect(playback.frame()).toBe(paused + 1)
  })

  it('steps round the loop and lands on every frame exactly', () => {
    const { playback } = start()
    for (let frame = 0; frame < 50; frame++) {
      playback.seek(frame)
      expect(playback.frame()).toBe(frame)
    }
    playback.seek(-1)
    expect(playback.frame()).toBe(49)
    playback.seek(50)
    expect(playback.frame()).toBe(0)
  })
})

describe('a loop within the beat', () => {
  const start = (first: number, last: number, sweep = false) => {
    const clock = makeClock()
    const playback = createPlayback({ frames: 50, cycleMs: 1000, now: clock.now })
    playback.setLoop({ first, last, sweep })
    return { clock, playback }
  }
  const played = ({ clock, playback }: ReturnType<typeof start>, count: number): number[] =>
    Array.from({ length: count }, () => {
      const frame = playback.frame()
      clock.pass(20)
      return frame
    })

  it('plays its frames at the pace of the heart and begins again', () => {
    const loop = start(10, 13)
    loop.playback.play()
    expect(played(loop, 9)).toEqual([10, 11, 12, 13, 10, 11, 12, 13, 10])
  })

  it('plays to and fro', () => {
    const loop = start(10, 12, true)
    loop.playback.play()
    expect(played(loop, 8)).toEqual([10, 11, 12, 12, 11, 10, 10, 11])
  })

  it('lets every frame be looked at while paused, and plays from its first frame after one outside', () => {
    const { playback } = start(10, 20)
    playback.seek(40)
    expect(playback.frame()).toBe(40)
    playback.play()
    expect(playback.frame()).toBe(10)
  })

  it('goes on from the frame that is seen where that belongs to it', () => {
    const { clock, playback } = start(0, 49)
    playback.play()
    clock.pass(300)
    playback.setLoop({ first: 10, last: 20, sweep: false })
    expect(playback.frame()).toBe(15)
    playback.setLoop({ first: 30, last: 40, sweep: false })
    expect(playback.frame()).toBe(30)
  })

  it('of one frame stands still', () => {
    const loop = start(7, 7, true)
    loop.playback.play()
    expect(new Set(played(loop, 5))).toEqual(new Set([7]))
  })
})

describe('speeds', () => {
  it('between two of the list go to the nearer one of the direction', () => {
    expect(neighbourSpeed(1.2, 1)).toBe(1.5)
    expect(neighbourSpeed(1.2, -1)).toBe(1)
    expect(neighbourSpeed(3, 1)).toBe(3)
  })

  it('go one step at a time and stop at the ends', () => {
    expect(neighbourSpeed(1, 1)).toBe(1.5)
    expect(neighbourSpeed(1, -1)).toBe(0.75)
    expect(neighbourSpeed(SPEEDS[0], -1)).toBe(SPEEDS[0])
    expect(neighbourSpeed(SPEEDS.at(-1)!, 1)).toBe(SPEEDS.at(-1))
  })
})

describe('the measured rate', () => {
  it('is the count of painted frames, not the rate asked for', () => {
    const clock = makeClock()
    const meter = createRateMeter(clock.now)
    for (let frame = 0; frame <= 60; frame++) {
      meter.painted()
      clock.pass(25)
    }
    expect(meter.perSecond()).toBeCloseTo(40, 6)
  })

  it('is unknown until half a second was seen, and after a reset', () => {
    const clock = makeClock()
    const meter = createRateMeter(clock.now)
    for (let frame = 0; frame < 10; frame++) {
      meter.painted()
      clock.pass(20)
    }
    expect(meter.perSecond()).toBeNull()
    clock.pass(500)
    meter.painted()
    expect(meter.perSecond()).not.toBeNull()
    meter.reset()
    expect(meter.perSecond()).toBeNull()
  })

  it('counts a picture that stood still for as long as it stood', () => {
    const clock = makeClock()
    const meter = createRateMeter(clock.now)
    for (let frame = 0; frame < 200; frame++) {
      meter.painted()
      clock.pass(20)
    }
    expect(meter.perSecond()).toBeCloseTo(50, 6)
    clock.pass(980)
    meter.painted()
    // A second with 50 pictures and one with the last of them alone.
    expect(meter.perSecond()).toBeCloseTo(25.5, 1)
    clock.pass(5000)
    meter.painted()
    expect(meter.perSecond()).toBeCloseTo(1 / 5, 6)
  })

  it('is known at the slowest speed of the slowest heart', () => {
    const clock = makeClock()
    const meter = createRateMeter(clock.now)
    for (let frame = 0; frame < 3; frame++) {
      meter.painted()
      clock.pass(1200)
    }
    expect(meter.perSecond()).toBeCloseTo(1 / 1.2, 6)
  })
})
