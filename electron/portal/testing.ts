import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** For tests of TLS: a self-signed certificate made on the spot, so that none in the tree expires. */
export function makeCertificate(
  change: { readonly host?: string; readonly from?: Date; readonly to?: Date } = {},
): { readonly cert: string; readonly key: string } {
  const { host = '127.0.0.1', from = day(-1), to = day(1) } = change
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(set(sequence(oid('550403'), der(0x0c, Buffer.from('sandbox')))))
  const algorithm = sequence(oid('2a8648ce3d040302'))
  const isAddress = /^[\d.]+$/.test(host)
  const alternative = isAddress
    ? der(0x87, Buffer.from(host.split('.').map(Number)))
    : der(0x82, Buffer.from(host))
  const extensions = sequence(
    sequence(oid('551d11'), der(0x04, sequence(alternative))),
    sequence(
      oid('551d13'),
      der(0x01, Buffer.of(0xff)),
      der(0x04, sequence(der(0x01, Buffer.of(0xff)))),
    ),
  )
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    name,
    sequence(time(from), time(to)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  )
  const signature = sign('sha256', body, privateKey)
  const whole = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.of(0), signature])))
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function day(offset: number): Date {
  return new Date(Date.now() + offset * 86_400_000)
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size =
    length < 128
      ? Buffer.of(length)
      : length < 256
        ? Buffer.of(0x81, length)
        : Buffer.of(0x82, length >> 8, length & 0xff)
  return Buffer.concat([Buffer.of(tag), size, content])
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

function set(...parts: Buffer[]): Buffer {
  return der(0x31, Buffer.concat(parts))
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'))
}

/** GeneralizedTime. */
function time(at: Date): Buffer {
  return der(0x18, Buffer.from(`${at.toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}Z`))
}
