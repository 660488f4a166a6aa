import { describe, expect, it } from 'vitest'
import { isOwnWorker } from './lockdown.ts'

const page = 'http://127.0.0.1:8080/index.html'

describe('a worker', () => {
  it.each([
    ['http://127.0.0.1:8080/assets/decode.worker-Bq1x.js', page],
    ['/assets/decode.worker-Bq1x.js', page],
    ['kiosk://app/assets/decode.worker-Bq1x.js', 'kiosk://app/index.html'],
  ])('may be %s', (address, from) => {
    expect(isOwnWorker(address, from)).toBe(true)
  })

  it.each([
    'http://127.0.0.1:8081/assets/x.js',
    'https://127.0.0.1:8080/assets/x.js',
    '//evil/assets/x.js',
    'data:text/javascript,1',
    'blob:http://127.0.0.1:8080/0a1b',
    'javascript:1',
    '/assets/../x.js',
    '/assets/x.wasm',
    '/index.html',
    'http://[',
  ])('may not be %s', (address) => {
    expect(isOwnWorker(address, page)).toBe(false)
  })
})
