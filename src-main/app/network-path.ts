import { AppError } from '../../src-preload/contract/errors.ts'

/** Names of other computers, as Windows writes them: looking there would go out into the network. */
const NETWORK_PATH = /^(\\\\|\/\/)/

/** @throws AppError `batch/network-path` */
export function refuseNetworkPath(path: string): void {
  if (!NETWORK_PATH.test(path)) return
  throw new AppError(
    'batch/network-path',
    'This is a path in the network, and nothing here goes out. Copy the files to this computer, or name a drive.',
  )
}
