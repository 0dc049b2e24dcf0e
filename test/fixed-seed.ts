import fc from 'fast-check'

/**
 * Property tests draw the same examples in every run, so that a change is what turns them red. The environment variable
 * CARDIONETS_SEED draws others: their long form is one run for each of many seeds.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['CARDIONETS_SEED'] ?? 1) })
