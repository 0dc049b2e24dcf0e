/** Whether a window can be shown where this runs. A remote shell has a display only where one was forwarded. */
export function hasDisplay(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): boolean {
  if (platform === 'win32' || platform === 'darwin') return !environment['SSH_CONNECTION']
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY'])
}

/** Chromium and Electron run their sandbox only under an ordinary account, and we never start them without it. */
export function isRoot(): boolean {
  return process.getuid?.() === 0
}
