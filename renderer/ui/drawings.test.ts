import { renderToStaticMarkup } from 'react-dom/server'
import { createElement } from 'react'
import { expect, it } from 'vitest'
import { drawings } from '../../shared/forms/drawings.ts'
import { DrawingLibrary } from './drawing-library.tsx'
import { drawingId } from './drawings.tsx'

const library = renderToStaticMarkup(createElement(DrawingLibrary))

it('every drawing that data may name is there', () => {
  expect([...drawings].filter((name) => !library.includes(` id="${name}"`))).toEqual([])
})

it('an unknown drawing is "other"', () => {
  expect(drawingId('spaceship')).toBe('other')
  expect(drawingId('cradle')).toBe('cradle')
})

it('no drawing carries a style of its own, which the policy of the page would refuse', () => {
  expect(library).not.toContain('style=')
})
