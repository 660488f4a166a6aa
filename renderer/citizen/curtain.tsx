import { say } from '../i18n/say.tsx'
import { Drawing } from '../ui/drawings.tsx'

/** Lies over everything while the core is away for longer than a blink. */
export function Curtain({ first }: { readonly first: boolean }) {
  return (
    <div className="curtain" role="status">
      <Drawing name="waiting" size={60} big />
      <p className="curtain__words">{say(first ? 'app.starting' : 'app.restarting')}</p>
      <p>{say(first ? 'app.starting-hint' : 'app.restarting-hint')}</p>
    </div>
  )
}
