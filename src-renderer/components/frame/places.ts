import type { Role } from '../../contract.ts'

export interface Place {
  /** The route's name. */
  name: string
  /** Key of its title. */
  title: string
  /** Who may go there; everybody who is signed in where absent. */
  roles?: readonly Role[]
}

/** Who works with patients. Main asks the same of the channels of a page (contract/roles.ts). */
export const CLINICAL_ROLES: readonly Role[] = ['operator', 'reviewer']

/** The places of the application, in the order of the navigation. */
export const PLACES = {
  'work-list': { name: 'work-list', title: 'worklist.title', roles: CLINICAL_ROLES },
  patients: { name: 'patients', title: 'patients.title', roles: CLINICAL_ROLES },
  import: { name: 'import', title: 'importing.title', roles: CLINICAL_ROLES },
  batches: { name: 'batches', title: 'batch.title', roles: CLINICAL_ROLES },
  studies: { name: 'studies', title: 'frame.studies', roles: ['coordinator', 'reader'] },
  exchange: { name: 'exchange', title: 'exchange.title', roles: [...CLINICAL_ROLES, 'administrator'] },
  models: { name: 'models', title: 'models.title' },
  administration: { name: 'administration', title: 'admin.title', roles: ['administrator'] },
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
  'admin-people': 'administration',
  'admin-backup': 'administration',
  'admin-audit': 'administration',
  'admin-settings': 'administration',
  'admin-keys': 'administration',
}

export function placeOf(routeName: string): Place {
  return (PLACES as Readonly<Record<string, Place>>)[within[routeName] ?? routeName] ?? PLACES['work-list']
}

/** @param may  whether the person holds one of some roles */
export const mayVisit = (place: Place, may: (...roles: readonly Role[]) => boolean): boolean =>
  place.roles === undefined || may(...place.roles)

/** Those a person may visit, in the order of the navigation; never none, for help is everybody's. */
export const placesOf = (may: (...roles: readonly Role[]) => boolean): [keyof typeof PLACES, Place][] =>
  (Object.entries(PLACES) as [keyof typeof PLACES, Place][]).filter(([, place]) => mayVisit(place, may))
