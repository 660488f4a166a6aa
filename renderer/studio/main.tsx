import './no-eval.ts'
import { createRoot } from 'react-dom/client'
import { openApi } from './api.ts'
import { Studio } from './studio.tsx'
import '../ui/fonts.css'
import '../ui/tokens.css'
import './studio.css'

// The recording studio: a page of its own, served by `kiosk language studio` alone. The citizen's
// page has nothing of it but the microphone's code, where an assistant may dictate.

const place = document.getElementById('page')
if (place === null) throw new Error('index.html has no place for the page')
createRoot(place).render(<Studio api={openApi(location.hash.slice(1))} />)
