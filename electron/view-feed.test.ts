import { describe, expect, it } from 'vitest'
import { sampleView } from '../test/fixtures/view.ts'
import { createViewFeed } from './view-feed.ts'

describe('the view as a stream', () => {
  it('begins with a snapshot and goes on with the topics that changed, numbered', async () => {
    const feed = createViewFeed(sampleView)
    const stream = feed.watch(new AbortController().signal)
    expect((await stream.next()).value).toEqual({ kind: 'snapshot', seq: 0, view: sampleView })
    feed.publish({ ...sampleView, session: { screen: 'submitting' } })
    expect((await stream.next()).value).toEqual({
      kind: 'change',
      seq: 1,
      change: { topic: 'session', data: { screen: 'submitting' } },
    })
    feed.publish({ ...feed.current(), delivery: { waiting: 1, portal: 'away' } })
    expect((await stream.next()).value).toMatchObject({ seq: 2, change: { topic: 'delivery' } })
  })

  it('is silent about a view that says the same', async () => {
    const feed = createViewFeed(sampleView)
    const stream = feed.watch(new AbortController().signal)
    await stream.next()
    feed.publish(structuredClone(sampleView))
    feed.publish({ ...sampleView, session: { screen: 'help' } })
    expect((await stream.next()).value).toMatchObject({ seq: 1, change: { topic: 'session' } })
  })

  it('gives a slow page the newest value of a topic, not each one', async () => {
    const feed = createViewFeed(sampleView)
    const stream = feed.watch(new AbortController().signal)
    await stream.next()
    for (let waiting = 1; waiting <= 100; waiting += 1) {
      feed.publish({ ...sampleView, delivery: { waiting, portal: 'away' } })
    }
    expect((await stream.next()).value).toMatchObject({
      seq: 1,
      change: { data: { waiting: 100 } },
    })
  })

  it('ends when the page has gone', async () => {
    const feed = createViewFeed(sampleView)
    const leaving = new AbortController()
    const stream = feed.watch(leaving.signal)
    await stream.next()
    const last = stream.next()
    leaving.abort()
    expect((await last).done).toBe(true)
  })
})
