// AssemblyScript, see lead.ts.
//
// All buffers lie at fixed places. Loops run to a whole number of vectors: what they read and write beyond an end lies
// in the room around each buffer and counts for nothing.

/** The first sample of a buffer stands behind so much room, in bytes: 32 samples, as many as follow the last. */
const ROOM: usize = 256

// Each: ten seconds at 500 Hz, or what a level of the transform leaves of them, and the room on both sides.
export const input: usize = memory.data(40512, 16) + ROOM
export const sums: usize = memory.data(40520, 16) + ROOM
export const level0: usize = memory.data(40512, 16) + ROOM
export const level1: usize = memory.data(20560, 16) + ROOM
export const level2: usize = memory.data(10576, 16) + ROOM
export const level3: usize = memory.data(5584, 16) + ROOM
export const level4: usize = memory.data(3088, 16) + ROOM
export const detail1: usize = memory.data(20560, 16) + ROOM
export const detail2: usize = memory.data(10576, 16) + ROOM
export const detail3: usize = memory.data(5584, 16) + ROOM
export const detail4: usize = memory.data(3088, 16) + ROOM
/** Samples of even index, and of odd. */
export const evens: usize = memory.data(20608, 16) + ROOM
export const odds: usize = memory.data(20608, 16) + ROOM
export const halved: usize = memory.data(18512, 16) + ROOM
/** |finest details|, whose median the caller finds. */
export const magnitudes: usize = memory.data(20560, 16) + ROOM
/** 2250 samples from −1 to 1, float32. */
export const scaled: usize = memory.data(9016, 16)
/** h[0] … h[11] of the wavelet's reconstruction low-pass. */
export const wavelet: usize = memory.data(96, 16)
/** The eleven weights of the smoothing filter, then those for each of the eleven places of an end's window. */
export const smoothing: usize = memory.data(1056, 16)
/** h[1], h[3], …, h[31] of the half-band filter. */
export const halfBand: usize = memory.data(128, 16)
