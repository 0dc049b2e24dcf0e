import { z } from 'zod'

/** Ids that must not be mixed, each with a type of its own. */
export const RecordingId = z.uuid().brand<'RecordingId'>()
export type RecordingId = z.infer<typeof RecordingId>
export const CineId = z.uuid().brand<'CineId'>()
export type CineId = z.infer<typeof CineId>
export const PatientId = z.uuid().brand<'PatientId'>()
export type PatientId = z.infer<typeof PatientId>
export const PersonId = z.uuid().brand<'PersonId'>()
export type PersonId = z.infer<typeof PersonId>
export const ScreeningId = z.uuid().brand<'ScreeningId'>()
export type ScreeningId = z.infer<typeof ScreeningId>
export const BatchId = z.uuid().brand<'BatchId'>()
export type BatchId = z.infer<typeof BatchId>
export const BatchItemId = z.uuid().brand<'BatchItemId'>()
export type BatchItemId = z.infer<typeof BatchItemId>
export const MergeId = z.uuid().brand<'MergeId'>()
export type MergeId = z.infer<typeof MergeId>
export const StudyId = z.uuid().brand<'StudyId'>()
export type StudyId = z.infer<typeof StudyId>
