import { describe, expect, test } from 'vitest'
import { bacKeys, startBac } from './bac.ts'
import { ciphers, pad } from './ciphers.ts'
import { checkDigit, mrzInformation, mrzSeed } from './mrz.ts'
import { openSecureChannel } from './secure-messaging.ts'

/** The worked examples of ICAO Doc 9303-11, byte for byte. */

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex')
const hexOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')

describe('Appendix D.1 and D.2: keys from the printed zone', () => {
  test('seed and keys of BAC', () => {
    const key = { documentNumber: 'L898902C', birth: '690806', expiry: '940623' }
    expect(mrzInformation(key)).toBe('L898902C<369080619406236')
    expect(hexOf(mrzSeed(key)).slice(0, 32)).toBe('239ab9cb282daf66231dc5a4df6bfbae')
    const { encryption, mac } = bacKeys(key)
    expect(hexOf(encryption)).toBe('ab94fdecf2674fdfb9b391f85d7f76f2')
    expect(hexOf(mac)).toBe('7962d9ece03d1acd4c76089dce131543')
  })

  test('check digits of ICAO 9303-3', () => {
    expect(['520727', 'AB2134<<<', 'L898902C<'].map(checkDigit)).toEqual(['3', '5', '3'])
  })
})

describe('Appendix D.3: mutual authentication of BAC', () => {
  const bac = () =>
    startBac(
      { documentNumber: 'L898902C', birth: '690806', expiry: '940623' },
      { nonce: hex('781723860C06C226'), key: hex('0B795240CB7049B01C19B33E32804F0B') },
    )
  const challenge = hex('4608F91988702212')
  const answer = hex(
    '46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D7449',
  )

  test('cryptogram and MAC of the reader', () => {
    expect(hexOf(bac().request(challenge))).toBe(
      '72c29c2371cc9bdb65b779b8e8d37b29ecc154aa56a8799fae2f498f76ed92f25f1448eea8ad90a7',
    )
  })

  test('session keys and send sequence counter', () => {
    const run = bac()
    run.request(challenge)
    const session = run.finish(answer)
    expect(hexOf(session?.keys.encryption)).toBe('979ec13b1cbfe9dcd01ab0fed307eae5')
    expect(hexOf(session?.keys.mac)).toBe('f1cb1f1fb5adf208806b89dc579dc1f8')
    expect(hexOf(session?.counter)).toBe('887022120c06c226')
  })

  test('an answer with one bit changed is not from this card', () => {
    for (const at of [0, 20, 39]) {
      const run = bac()
      run.request(challenge)
      expect(run.finish(answer.map((byte, index) => (index === at ? byte ^ 1 : byte)))).toBeNull()
    }
  })
})

describe('Appendix D.4: secure messaging with 3DES', () => {
  const open = () =>
    openSecureChannel(
      {
        cipher: ciphers['3des'],
        encryption: hex('979EC13B1CBFE9DCD01AB0FED307EAE5'),
        mac: hex('F1CB1F1FB5ADF208806B89DC579DC1F8'),
      },
      hex('887022120C06C226'),
    )
  const answered = (text: string) => ({ data: hex(text), sw: 0x9000 })

  test('selecting EF.COM and reading it', () => {
    const channel = open()
    const select = { cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: hex('011E') }
    expect(hexOf(channel.protect(select))).toBe(
      '0ca4020c158709016375432908c044f68e08bf8b92d635ff24f800',
    )
    expect(channel.unprotect(answered('990290008E08FA855A5D4C50A8ED'))).toMatchObject({
      sw: 0x9000,
    })
    expect(hexOf(channel.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 }))).toBe(
      '0cb000000d9701048e08ed6705417e96ba5500',
    )
    const head = channel.unprotect(answered('8709019FF0EC34F9922651990290008E08AD55CC17140B2DED'))
    expect(hexOf(head?.data)).toBe('60145f01')
    expect(hexOf(channel.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 4, le: 0x12 }))).toBe(
      '0cb000040d9701128e082ea28a70f3c7b53500',
    )
    const rest = channel.unprotect(
      answered(
        '871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D74',
      ),
    )
    expect(hexOf(rest?.data)).toBe('04303130365f36063034303030305c026175')
  })

  test('an answer whose MAC, status or cryptogram was changed is refused', () => {
    const good = hex('8709019FF0EC34F9922651990290008E08AD55CC17140B2DED')
    for (const at of [3, 14, good.length - 1]) {
      const channel = open()
      channel.protect({ cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: hex('011E') })
      channel.unprotect(answered('990290008E08FA855A5D4C50A8ED'))
      channel.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 })
      const changed = good.map((byte, index) => (index === at ? byte ^ 1 : byte))
      expect(channel.unprotect({ data: changed, sw: 0x9000 })).toBeNull()
    }
  })

  test('an answer without protection is refused', () => {
    const channel = open()
    channel.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 })
    expect(channel.unprotect({ data: hex(''), sw: 0x9000 })).toBeNull()
  })
})

describe('CMAC, NIST SP 800-38B Appendix D', () => {
  const message = '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411'
  test.each([
    ['aes-128', '2b7e151628aed2a6abf7158809cf4f3c', '', 'bb1d6929e9593728'],
    ['aes-128', '2b7e151628aed2a6abf7158809cf4f3c', message.slice(0, 32), '070a16b46b4d4144'],
    ['aes-128', '2b7e151628aed2a6abf7158809cf4f3c', message, 'dfa66747de9ae630'],
    ['aes-192', '8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b', message, '8a1de5be2eb31aad'],
    [
      'aes-256',
      '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4',
      message,
      'aaf3d8f1de5640c2',
    ],
  ] as const)('%s', (name, key, text, tag) => {
    expect(hexOf(ciphers[name].tokenMac(hex(key), hex(text)))).toBe(tag)
  })
})

test('the counter of AES is a whole block before the MAC, so that message 256 passes too', () => {
  const keys = {
    cipher: ciphers['aes-128'],
    encryption: hex('F5F0E35C0D7161EE6724EE513A0D9A7F'),
    mac: hex('FE251C7858B356B24514B3BD5F4297D1'),
  }
  const counter = Buffer.alloc(16)
  counter[15] = 0xff
  const channel = openSecureChannel(keys, counter)
  const sent = channel.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 })
  const ssc = `${'00'.repeat(14)}0100`
  const message = Buffer.concat([hex(ssc), pad(hex('0CB00000'), 16), hex('970104')])
  const mac = hexOf(keys.cipher.mac(keys.mac, pad(message, 16)))
  expect(hexOf(sent)).toBe(`0cb000000d9701048e08${mac}00`)
})
