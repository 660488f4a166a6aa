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
