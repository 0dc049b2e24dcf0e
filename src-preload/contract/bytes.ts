import { z } from 'zod'

/**
 * Typed arrays cross the border as they are, never as JSON. These schemas check the class and bound the length, so
 * that a handler can allocate by it.
 */
export const bytes = (maxLength: number) =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= maxLength, {
    message: `expected at most ${maxLength} bytes`,
  })

export const float32 = (maxLength: number) =>
  z.custom<Float32Array>((value) => value instanceof Float32Array && value.length <= maxLength, {
    message: `expected a Float32Array of at most ${maxLength} values`,
  })

export const uint16 = (maxLength: number) =>
  z.custom<Uint16Array>((value) => value instanceof Uint16Array && value.length <= maxLength, {
    message: `expected a Uint16Array of at most ${maxLength} values`,
  })
