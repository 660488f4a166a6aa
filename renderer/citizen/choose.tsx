import { useState } from 'react'
import type { SearchHit, SessionView } from '../../shared/contract/index.ts'
import { ChooseByPicture } from './choose-by-picture.tsx'
import { ChooseFound } from './choose-found.tsx'
import { ChooseTyping } from './choose-typing.tsx'

/** The groups of procedures that the core offers. */
export type Groups = Extract<SessionView, { screen: 'choose' }>['groups']

type Place =
  | { readonly at: 'pictures'; readonly group: string | null }
  | { readonly at: 'typing'; readonly text: string }
  | { readonly at: 'found'; readonly text: string; readonly hits: readonly SearchHit[] }

/** What is to be done today: by picture, or by a few words. */
export function Choose({
  groups,
  notHere,
}: {
  readonly groups: Groups
  /** A procedure's sheet was shown that this kiosk cannot file. */
  readonly notHere: boolean
}) {
  const [place, setPlace] = useState<Place>({ at: 'pictures', group: null })
  const byPicture = (group: string | null = null) => setPlace({ at: 'pictures', group })
  switch (place.at) {
    case 'pictures':
      return (
        <ChooseByPicture
          groups={groups}
          notHere={notHere}
          initial={place.group}
          onFind={() => setPlace({ at: 'typing', text: '' })}
        />
      )
    case 'typing':
      return (
        <ChooseTyping
          initial={place.text}
          onFound={(text, hits) => setPlace({ at: 'found', text, hits })}
          onLeave={() => byPicture()}
        />
      )
    case 'found':
      return (
        <ChooseFound
          groups={groups}
          text={place.text}
          hits={place.hits}
          onEdit={(text) => setPlace({ at: 'typing', text })}
          onLeave={byPicture}
        />
      )
  }
}
