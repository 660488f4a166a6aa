import type { Flaw, Verdict } from './vision/judge.ts'

/** What the page hands to the worker, one picture at a time: to look at, or to make a page of. */
export interface Asked {
  readonly kind: 'look' | 'take'
  readonly picture: ImageBitmap
  readonly atMs: number
}

/** What comes back for each picture. */
export type Told =
  | {
      readonly kind: 'seen'
      readonly verdict: Verdict
      /** Of the picture that was looked at; `verdict.quad` is in its pixels. */
      readonly width: number
      readonly height: number
      /** Good and still for long enough. */
      readonly capture: boolean
    }
  | { readonly kind: 'page'; readonly jpeg: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'refused'; readonly flaw: Flaw }
  /** The picture could not be read: a camera that is just being pulled out gives such. */
  | { readonly kind: 'unreadable' }
