import { AppError, type RecordingId } from '../../../src-preload/contract/index.ts'
import type { CineStackId } from '../../../src-preload/contract/cmr.ts'
import { compareIdentity, type IdentityComparison } from '../../cmr/identity.ts'
import { likeness } from '../../cmr/likeness.ts'
import { choosePlane } from '../../cmr/plane.ts'
import { beatMs, prepareCine } from '../../cmr/prepare.ts'
import { labelAcquired } from '../../screening/cine/acquired.ts'
import { getRecording } from '../../registry/tables/recordings.ts'
import { listAttachmentsOfPatient } from '../../registry/tables/attachments.ts'
import { attachCine, attachedCine, attachedValues, detachCine, type CineDetails } from '../cines/attached-cines.ts'
import { describeStack } from '../cines/describe-stack.ts'
import { planePixels } from '../cines/plane-pixels.ts'
import { isoTime, personNames } from '../recordings/recording-entry.ts'
import type { Handlers } from '../dispatch.ts'
import type { Services } from '../services.ts'

type CmrChannel = Extract<keyof Handlers, `cmr:${string}`>

/** `cmr:*` — real cines beside generated ones. */
export function cmrHandlers(services: Services): Pick<Handlers, CmrChannel> {
  const { cines, access } = services
  const identityOf = (stackId: CineStackId, recordingId: RecordingId): IdentityComparison[] =>
    compareIdentity(
      cines.pending(stackId).patient,
      getRecording(access.registry().db, recordingId).summary.patient ?? {},
    )
  return {
    async 'cmr:read-files'({ files }) {
      const reply = await services.readCines(files)
      if (!reply.ok) throw new AppError(reply.error.code, reply.error.message)
      const { stacks, refusals } = reply.value
      const ids = cines.offer(stacks)
      return {
        cines: stacks.map((stack, index) => ({ id: ids[index]!, facts: describeStack(stack), patient: stack.patient })),
        refusals,
      }
    },
    'cmr:read-plane': ({ stackId, choice }) => planePixels(choosePlane(cines.pending(stackId), choice)),
    'cmr:compare-identity': ({ stackId, recordingId }) => identityOf(stackId, recordingId),
    'cmr:attach'({ stackId, recordingId, choice, preparation, identityConfirmed }) {
      const verdicts = identityOf(stackId, recordingId).map(({ verdict }) => verdict)
      const different = verdicts.includes('different')
      if (different && !identityConfirmed) {
        throw new AppError(
          'cmr/identity-mismatch',
          'The cine names another patient than the recording does. Check both, and confirm if they belong together.',
        )
      }
      const stack = cines.pending(stackId)
      const plane = choosePlane(stack, choice)
      const prepared = prepareCine(plane, preparation)
      const details = {
        beatMs: beatMs(plane.frameTimesMs, preparation.first, preparation.last),
        facts: describeStack(stack),
        choice,
        preparation,
        pixelMm: plane.spacingMm,
        identity: different ? 'confirmed' : verdicts.includes('same') ? 'same' : 'unknown',
      } as const
      attachCine(access.registry(), access.actor(), recordingId, prepared, details)
      cines.forgetPending()
      return { recordingId, ...labelAcquired(prepared), ...details }
    },
    'cmr:list-attached'({ patientId }) {
      const { db } = access.registry()
      const nameOf = personNames(db)
      return listAttachmentsOfPatient(db, patientId).flatMap(({ id, kind, recordingId, details, addedMs, addedBy }) =>
        kind === 'real-cine' && recordingId !== null
          ? [
              {
                id,
                recordingId: recordingId as RecordingId,
                facts: (details as unknown as CineDetails).facts,
                identity: (details as unknown as CineDetails).identity,
                addedAt: isoTime(addedMs),
                addedBy: nameOf(addedBy),
              },
            ]
          : [],
      )
    },
    'cmr:read-attached': ({ recordingId }) => attachedCine(access.registry(), recordingId),
    'cmr:detach': ({ recordingId }) => detachCine(access.registry(), access.actor(), recordingId),
    'cmr:compare'({ recordingId, cineId }) {
      const attached = attachedValues(access.registry(), recordingId)
      if (!attached)
        throw new AppError('cmr/not-attached', 'No real cine is attached to this recording. Attach one first.')
      return likeness(attached, cines.generated(cineId).values)
    },
  }
}
