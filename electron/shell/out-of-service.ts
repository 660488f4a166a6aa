import { CACHE_CONTROL, securityHeaders } from './headers.ts'
import { PAGE_ORIGIN } from './navigation.ts'

/** Shown by the Electron shell when page or core cannot be brought back; nobody is told to wait. */
export const OUT_OF_SERVICE_URL = `${PAGE_ORIGIN}/out-of-service`

/**
 * The page that works when nothing else does: no file, no script, no core. The CSP forbids inline
 * styles, so it is drawn with SVG attributes; the text is real text for a screen reader. It is
 * the one citizen text outside the page's messages.
 */
const PAGE = `<!doctype html>
<html lang="vi">
  <meta charset="utf-8">
  <title>Máy đang tạm nghỉ</title>
  <body bgcolor="#fffcf6">
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1080 1600" width="100%"
       font-family="Be Vietnam Pro, Noto Sans, sans-serif" text-anchor="middle" fill="#1d2430">
    <text x="540" y="700" font-size="84" font-weight="700">Máy đang tạm nghỉ</text>
    <text x="540" y="840" font-size="52">Xin mời ông/bà đến quầy,</text>
    <text x="540" y="920" font-size="52">cán bộ sẽ giúp ông/bà làm hồ sơ.</text>
  </svg>
</html>
`

/** Answers a request for `OUT_OF_SERVICE_URL`. */
export function outOfServiceResponse(): Response {
  return new Response(PAGE, {
    headers: {
      ...securityHeaders(),
      'Cache-Control': CACHE_CONTROL.DATA,
      'Content-Type': 'text/html; charset=utf-8',
    },
  })
}
