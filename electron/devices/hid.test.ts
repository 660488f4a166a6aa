import { describe, expect, it } from 'vitest'
import { listHid, openHid } from './hid.ts'

describe('openHid', () => {
  it('says that a device is missing', async () => {
    expect(await openHid('/dev/hidraw-none')).toEqual({ ok: false, error: 'missing' })
  })

  it('lists what is plugged in, which may be nothing', async () => {
    expect(await listHid()).toMatchObject({ ok: true })
  })
})
