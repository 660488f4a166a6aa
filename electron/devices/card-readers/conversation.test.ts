import { expect, test } from 'vitest'
import { ok } from '../../../shared/domain/result.ts'
import { createManualTimers } from '../../../test/fakes/manual-timers.ts'
import { converse, openConversation } from './conversation.ts'
import { ciphers, type CipherName } from './protocol/ciphers.ts'
import { openSecureChannel } from './protocol/secure-messaging.ts'

/** Sends a command with so many bytes of data; null: without protection. */
async function sent(bytes: number, name: CipherName | null) {
  const channel = {
    transmit: async () => ok(Buffer.from('9000', 'hex')),
    close: async () => {},
  }
  const talk = openConversation(channel, createManualTimers(), new AbortController().signal)
  if (name) {
    const cipher = ciphers[name]
    const key = cipher.derive(new Uint8Array(16), 1)
    talk.secure(openSecureChannel({ cipher, encryption: key, mac: key }))
  }
  const data = new Uint8Array(bytes)
  return converse(() => talk.send({ cla: 0, ins: 0x22, p1: 0x41, p2: 0xa4, data, le: 256 }))
}

test.each([null, '3des', 'aes-128'] as const)(
  'a command that is too long for a short one is a problem of the card (%s)',
  async (cipher) => {
    expect(await sent(224, cipher)).toEqual({
      ok: false,
      error: { code: 'protocol', step: 'command', sw: null },
    })
    // The longest that goes out: a bare status word is then the answer, which no channel takes.
    expect(await sent(223, cipher)).toMatchObject(
      cipher ? { error: { step: 'secure-messaging', sw: 0x9000 } } : { ok: true },
    )
  },
)

/** A card that gives these answers in turn, and keeps what it was asked. */
function scripted(...answers: readonly string[]) {
  const asked: string[] = []
  const channel = {
    transmit: async (apdu: Uint8Array) => {
      asked.push(Buffer.from(apdu).toString('hex'))
      return ok(Buffer.from(answers[asked.length - 1] ?? '6f00', 'hex'))
    },
    close: async () => {},
  }
  const talk = openConversation(channel, createManualTimers(), new AbortController().signal)
  return { talk, asked }
}

const challenge = { cla: 0, ins: 0x84, p1: 0, p2: 0, le: 8 }

test('a command goes again with the length that the card names', async () => {
  const { talk, asked } = scripted('6c04', '010203049000')
  expect(await talk.send(challenge)).toEqual({ data: Buffer.from('01020304', 'hex'), sw: 0x9000 })
  expect(asked).toEqual(['0084000008', '0084000004'])
})

test('a card that names another length again is not asked for ever', async () => {
  const { talk, asked } = scripted('6c04', '6c05')
  expect(await talk.send(challenge)).toMatchObject({ sw: 0x6c05 })
  expect(asked).toHaveLength(2)
})

test('a command that expects nothing is not sent again', async () => {
  const { talk, asked } = scripted('6c04')
  const select = { cla: 0, ins: 0xa4, p1: 0, p2: 0x0c }
  expect(await talk.send(select)).toMatchObject({ sw: 0x6c04 })
  expect(asked).toHaveLength(1)
})

test('the rest of an answer is fetched, piece by piece', async () => {
  const { talk, asked } = scripted('01026102', '03046101', '059000')
  expect(await talk.send(challenge)).toEqual({ data: Buffer.from('0102030405', 'hex'), sw: 0x9000 })
  expect(asked).toEqual(['0084000008', '00c0000002', '00c0000001'])
})

test('a card that always has more makes no sense', async () => {
  const { talk } = scripted(...Array.from({ length: 40 }, () => '016101'))
  expect(await converse(() => talk.send(challenge))).toEqual({
    ok: false,
    error: { code: 'protocol', step: 'answer', sw: 0x6101 },
  })
})
