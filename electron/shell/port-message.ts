/** Type of the one message by which the page gives its port to the preload. */
export const PORT_MESSAGE = 'kiosk-port'

/** The one channel from preload to main; its message is empty but for the port. */
export const PORT_CHANNEL = 'kiosk-port'
