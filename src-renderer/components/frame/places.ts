import type { Role } from '../../contract.ts'

export interface Place {
  /** The route's name. */
  name: string
  /** Key of its title. */
  title: string
  /** Who may go there; everybody who is signed in where absent. */
  roles?: readonly Role[]
}

const clinical: readonly Role[] = ['operator', 'reviewer', 'administrator']

/** The places of the application, in the order of the navigation. */
export const PLACES = {
  'work-list': { name: 'work-list', title: 'worklist.title', roles: clinical },
  patients: { name: 'patients', title: 'patients.title', roles: clinical },
  import: { name: 'import', title: 'importing.title', roles: clinical },
  batches: { name: 'batches', title: 'batch.title', roles: ['operator', 'reviewer'] },
  studies: { name: 'studies', title: 'frame.studies', roles: ['coordinator', 'reader', 'administrator'] },
  exchange: { name: 'exchange', title: 'exchange.title', roles: clinical },
  models: { name: 'models', title: 'models.title' },
  help: { name: 'help', title: 'help.title' },
} as const satisfies Record<string, Place>

/** Pages that lie within a place. */
const within: Readonly<Record<string, keyof typeof PLACES>> = {
  recording: 'work-list',
  patient: 'patients',
  'new-patient': 'patients',
  'edit-patient': 'patients',
  duplicates: 'patients',
  batch: 'batches',
  study: 'studies',
  'reading-room': 'studies',
}

export function placeOf(routeName: string): Place {
  return (PLACES as Readonly<Record<string, Place>>)[within[routeName] ?? routeName] ?? PLACES['work-list']
}
