import 'react'

declare module 'react' {
  interface CSSProperties {
    /** Side of a drawing, mm. */
    '--d'?: number
    /** Side of a glyph, mm. */
    '--g'?: number
    /** Rows of tiles. */
    '--rows'?: number
  }
}
