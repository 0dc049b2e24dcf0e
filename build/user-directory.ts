/**
 * Goes to the folder in which the user started npm: npm changes to the repository, and file names that were given are
 * relative to where the user is. Only for the script that was asked for: scripts below another inherit its variables.
 */
export function enterUserDirectory(script: string): void {
  const { INIT_CWD, npm_lifecycle_event } = process.env
  if (npm_lifecycle_event === script && INIT_CWD !== undefined) process.chdir(INIT_CWD)
}
