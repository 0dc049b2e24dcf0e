/** The window's own address. A scheme of our own, because `file://` gives every page rights over the whole disk. */
export const APP_SCHEME = 'app'
export const APP_ORIGIN = `${APP_SCHEME}://cardionets`

/**
 * Whether an address belongs to the window: our own scheme and host, or the development server where there is one.
 *
 * @param developmentUrl  the address that `npm run dev` serves the window from; undefined in every other start
 */
export function isOwnAddress(address: string, developmentUrl: string | undefined): boolean {
  const url = URL.parse(address)
  if (!url) return false
  if (url.protocol === `${APP_SCHEME}:`) return url.host === new URL(APP_ORIGIN).host
  return developmentUrl !== undefined && url.origin === new URL(developmentUrl).origin
}
