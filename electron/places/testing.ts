import { readFileSync } from 'node:fs'
import { createGazetteer } from './gazetteer.ts'
import { decodeFormer, decodeUnits } from './units.ts'

const text = (name: string) =>
  readFileSync(new URL(`../../resources/places/${name}`, import.meta.url), 'utf8')

/** The shipped lists, for tests. */
export const shippedUnits = decodeUnits(text('units.txt'))
export const shippedFormer = decodeFormer(text('former.txt'))
export const shipped = createGazetteer(shippedUnits, shippedFormer)
