/**
 * The headers of every answer, the same in the desktop window and in the browser.
 *
 * No `unsafe-inline`, no `unsafe-eval`, nothing from elsewhere. `blob:` images are frames and pictures made on this
 * computer. Chromium takes `'self'` in `connect-src` for the own WebSocket address too; it is named all the same, since
 * not every browser does. Text becomes markup or code only through Vue's own policy, which compiles our templates.
 *
 * @param socketOrigin  `ws://…` of the browser host's own address; absent in the desktop window, which has no socket
 */
export function securityHeaders(socketOrigin?: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'" + (socketOrigin === undefined ? '' : ` ${socketOrigin}`),
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types vue',
  ]
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': deniedFeatures.map((feature) => `${feature}=()`).join(', '),
    // What the page shows may be a patient's: nothing of it stays in a browser's cache on disk.
    'Cache-Control': 'no-store',
  }
}

const deniedFeatures = ['camera', 'microphone', 'geolocation', 'usb', 'serial', 'hid', 'payment', 'midi']
