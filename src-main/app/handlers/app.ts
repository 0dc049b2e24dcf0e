import type { Handlers } from '../dispatch.ts'
import type { Services } from '../services.ts'

/** `app:*` — what this application and its model pack are. */
export function appHandlers(services: Services): Pick<Handlers, 'app:describe'> {
  return {
    async 'app:describe'() {
      const packError = await services.packError()
      return {
        version: services.version,
        entry: services.entry === 'desktop' ? 'desktop' : 'browser',
        workspace: services.workspace,
        packError,
        pack: packError ? null : await describePack(services),
      }
    },
  }
}

async function describePack(services: Services) {
  const { manifest, identity, key } = await services.engine()
  return {
    ...identity,
    statement: manifest.statement,
    trainingData: manifest.trainingData,
    intendedUse: manifest.intendedUse.text,
    keyId: key.keyId,
    developmentKey: key.purpose === 'development',
    createdAt: manifest.createdAt,
    diseases: manifest.diseases.map(({ id, name, auc, thresholds, calibrationPrevalence }) => ({
      id,
      name,
      ...(auc !== undefined && { auc }),
      threshold: thresholds.youden,
      calibrationPrevalence,
    })),
    subtypes: manifest.subtypes,
    phenotypes: manifest.phenotypes.map(({ id, field, name, unit, group, r2 }) => ({
      id,
      field,
      name,
      unit,
      group,
      ...(r2 !== undefined && { r2 }),
    })),
    samplers: manifest.generator.samplers,
    defaultSampler: manifest.generator.defaultSampler,
  }
}
