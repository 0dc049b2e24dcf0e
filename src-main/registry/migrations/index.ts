import type { Migration } from '../migrate.ts'
import addRegistry from './0001-registry.ts'
import addPatientSearch from './0002-patient-search.ts'
import addStudies from './0003-studies.ts'
import addSiteSettings from './0004-site-settings.ts'
import addExchange from './0005-exchange.ts'
import addSiteKeys from './0006-site-keys.ts'
import addBatches from './0007-batches.ts'
import addLists from './0008-lists.ts'
import addAuditSearch from './0009-audit-search.ts'

export const migrations: readonly Migration[] = [
  addRegistry,
  addPatientSearch,
  addStudies,
  addSiteSettings,
  addExchange,
  addSiteKeys,
  addBatches,
  addLists,
  addAuditSearch,
]
