import { APP_VERSION } from '../version.ts'

/** What wrote a report, as it stands at its foot and in its file. */
export const reportMaker = (): string => `CardioNets Desktop ${APP_VERSION}`
