import { words } from '../i18n/t.ts'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'

/** The moment between the declaration and the promise: the filing is made durable. */
export function Submitting() {
  return (
    <Screen
      step={[words('step.of', { step: 5 }), words('step.review')]}
      title={words('submitting.title')}
      hint={words('submitting.hint')}
      drawing="file"
      state={<StateLine state="wait" phrase={words('submitting.state')} />}
      strip={[words('submitting.title'), words('submitting.hint')]}
      keys={{ onBack: null, help: false, finish: false }}
    />
  )
}
