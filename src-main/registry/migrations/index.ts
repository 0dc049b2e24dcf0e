import type { Migration } from '../migrate.ts'
import addRegistry from './0001-registry.ts'
import addPatientSearch from './0002-patient-search.ts'

export const migrations: readonly Migration[] = [addRegistry, addPatientSearch]
