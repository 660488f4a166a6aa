import { useCallback, useEffect, useState } from 'react'
import type { Connection } from '../connection/index.ts'
import type { CoreClient } from '../connection/channel.ts'
import { say } from '../i18n/say.tsx'
import { lay, samples } from './sample-camera.ts'
import { adoptStyles } from '../ui/adopt-styles.ts'
import styles from './dock.css?inline'

adoptStyles(styles)

type World = Awaited<ReturnType<CoreClient['training']['world']>>

/** How often an open dock looks at the world again: filings and papers come by themselves. */
const LOOK_AGAIN_MS = 1000

const papers = [
  ['in', 'dock.paper-in'],
  ['near-end', 'dock.paper-near-end'],
  ['out', 'dock.paper-out'],
] as const

const faults = [
  ['none', 'dock.printer-none'],
  ['cover-open', 'dock.printer-cover-open'],
  ['cutter', 'dock.printer-cutter'],
  ['heat', 'dock.printer-heat'],
  ['offline', 'dock.printer-offline'],
  ['silent', 'dock.printer-silent'],
  ['slow', 'dock.printer-slow'],
  ['rubbish', 'dock.printer-rubbish'],
  ['unplugged', 'dock.printer-unplugged'],
] as const satisfies readonly (readonly [World['printer'], string])[]

const cards = [
  ['same', 'dock.card-same'],
  ['hasty', 'dock.card-hasty'],
  ['other', 'dock.card-other'],
  ['strange', 'dock.card-strange'],
  ['none', 'dock.card-none'],
] as const satisfies readonly (readonly [World['card'], string])[]

/**
 * The presenter's dock of training mode: puts an invented card under the scanner, cuts the line
 * to the portal, takes the paper out, kills the core. No part of what a citizen sees.
 */
export function Dock({ connection }: { readonly connection: Connection }) {
  const [open, setOpen] = useState(false)
  const [world, setWorld] = useState<World | null>(null)
  const [failed, setFailed] = useState(false)

  const look = useCallback(async () => {
    const seen = await connection.call((client) => client.training.world())
    if (seen.ok) setWorld(seen.value)
    else setFailed(true)
  }, [connection])

  useEffect(() => {
    if (!open) return
    const timer = setInterval(() => void look(), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [open, look])

  const order = async (make: (client: CoreClient, commandId: string) => Promise<null>) => {
    const done = await connection.call(make)
    setFailed(!done.ok)
    await look()
  }
  const scan = (id: string) => {
    setOpen(false)
    void order((client, commandId) => client.training.scan({ commandId, id }))
  }

  return (
    <section className="dock" lang="vi">
      {open ? (
        <div className="dock__panel" id="dock-panel">
          <h2>{say('dock.title')}</h2>
          <p>{say('dock.note')}</p>
          {failed ? <p role="alert">{say('dock.failed')}</p> : null}
          {world === null ? (
            <p role="status">{say('dock.loading')}</p>
          ) : (
            <div className="dock__parts">
              <fieldset>
                <legend>{say('dock.citizens')}</legend>
                {world.citizens.map(({ id, label }) => (
                  <button type="button" key={id} onClick={() => scan(id)}>
                    {label}
                  </button>
                ))}
              </fieldset>
              <fieldset>
                <legend>{say('dock.codes')}</legend>
                {world.codes.map(({ id, label }) => (
                  <button type="button" key={id} onClick={() => scan(id)}>
                    {label}
                  </button>
                ))}
              </fieldset>
              <fieldset>
                <legend>{say('dock.portal')}</legend>
                <p role="status">
                  {say(world.portal === 'up' ? 'dock.portal-up' : 'dock.portal-cut')}.{' '}
                  {say('dock.accepted')}: {say('dock.accepted-count', { count: world.accepted })}
                </p>
                <button
                  type="button"
                  onClick={() =>
                    void order((client, commandId) =>
                      client.training.setPortal({
                        commandId,
                        portal: world.portal === 'up' ? 'cut' : 'up',
                      }),
                    )
                  }
                >
                  {say(world.portal === 'up' ? 'dock.portal-do-cut' : 'dock.portal-do-up')}
                </button>
                <button
                  type="button"
                  onClick={() =>
                    void order((client, commandId) => client.training.askSupplement({ commandId }))
                  }
                >
                  {say('dock.portal-supplement')}
                </button>
              </fieldset>
              <fieldset>
                <legend>{say('dock.paper')}</legend>
                {papers.map(([paper, name]) => (
                  <button
                    type="button"
                    key={paper}
                    aria-pressed={world.paper === paper}
                    onClick={() =>
                      void order((client, commandId) =>
                        client.training.setPaper({ commandId, paper }),
                      )
                    }
                  >
                    {say(name)}
                  </button>
                ))}
              </fieldset>
              <fieldset>
                <legend>{say('dock.scanner')}</legend>
                <button
                  type="button"
                  onClick={() =>
                    void order((client, commandId) =>
                      client.training.setDevice({
                        commandId,
                        device: 'scanner',
                        plugged: world.unplugged.includes('scanner'),
                      }),
                    )
                  }
                >
                  {say(
                    world.unplugged.includes('scanner') ? 'dock.scanner-plug' : 'dock.scanner-pull',
                  )}
                </button>
              </fieldset>
              <fieldset>
                <legend>{say('dock.card')}</legend>
                {cards.map(([card, name]) => (
                  <button
                    type="button"
                    key={card}
                    aria-pressed={world.card === card}
                    onClick={() =>
                      void order((client, commandId) =>
                        client.training.setCard({ commandId, card }),
                      )
                    }
                  >
                    {say(name)}
                  </button>
                ))}
              </fieldset>
              <fieldset>
                <legend>{say('dock.printer')}</legend>
                {faults.map(([printer, name]) => (
                  <button
                    type="button"
                    key={printer}
                    aria-pressed={world.printer === printer}
                    onClick={() =>
                      void order((client, commandId) =>
                        client.training.setPrinter({ commandId, printer }),
                      )
                    }
                  >
                    {say(name)}
                  </button>
                ))}
              </fieldset>
              <fieldset>
                <legend>{say('dock.prints')}</legend>
                {world.prints.length === 0 ? (
                  <p>{say('dock.prints-none')}</p>
                ) : (
                  <ul>
                    {world.prints.toReversed().map((print, at) => (
                      <li key={`${world.prints.length - at}-${print}`}>{print}</li>
                    ))}
                  </ul>
                )}
              </fieldset>
              <fieldset>
                <legend>{say('dock.sheet')}</legend>
                {samples.map((sample) => (
                  <button type="button" key={sample} onClick={() => lay(sample)}>
                    {say(`dock.sheet-${sample}`)}
                  </button>
                ))}
              </fieldset>
              <fieldset>
                <legend>{say('dock.core')}</legend>
                <button
                  type="button"
                  onClick={() =>
                    void connection.call((client, commandId) =>
                      client.training.killCore({ commandId }),
                    )
                  }
                >
                  {say('dock.kill')}
                </button>
              </fieldset>
            </div>
          )}
        </div>
      ) : null}
      <button
        type="button"
        className="dock__tab"
        aria-expanded={open}
        aria-controls="dock-panel"
        onClick={() => {
          setOpen(!open)
          void look()
        }}
      >
        {say(open ? 'dock.close' : 'dock.tab')}
      </button>
    </section>
  )
}
