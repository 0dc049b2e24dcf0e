import type { CineMember, MarkedCine } from '../../../src-preload/contract/cine.ts'
import { findPhases } from '../../cmr/cardiac-phases.ts'
import { markCine, markThumbnail } from '../../screening/cine/mark.ts'
import type { GeneratedCine } from './session-cines.ts'

/** A generated cine for the window: the only way there, and it burns the mark in. */
export const showCine = ({ values, facts }: GeneratedCine): MarkedCine => ({
  ...facts,
  ...markCine(values),
  phases: findPhases(values),
})

/** One of several: a small marked picture of its first frame, end-diastole. */
export const showMember = ({ values, facts }: GeneratedCine): CineMember => ({
  id: facts.id,
  thumbnail: markThumbnail(values, 0),
})
