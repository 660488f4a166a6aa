import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { Procedure } from '../../shared/forms/index.ts'
import { sampleProcedure } from '../../test/fixtures/procedure.ts'
import { loadPack } from '../catalogue/index.ts'
import { fileableHere } from './index.ts'

const residence: Procedure = { ...sampleProcedure, code: '9.000002', group: 'residence' }
const both = [sampleProcedure, residence]
const codes = (procedures: readonly Procedure[]) => procedures.map(({ code }) => code)

it('leaves out what no counter of the profile serves', () => {
  const { offered, unserved } = fileableHere(both, { counters: { residence: 'Quầy 4' } })
  expect([codes(offered), codes(unserved)]).toEqual([['9.000002'], ['9.000001']])
})

it('hands in at the counter what nothing here captures', () => {
  const paper = { name: 'Giấy', originals: 1, copies: 0, source: sampleProcedure.source }
  const scanned: Procedure = {
    ...sampleProcedure,
    components: [{ ...paper, code: 'a', handling: 'scan' }],
  }
  const counters = { 'civil-status': 'Quầy 2' }
  const handling = (documentScanner: { kind: 'camera' } | null) =>
    fileableHere([scanned], { counters, documentScanner }).offered[0]?.components[0]?.handling
  expect([handling(null), handling({ kind: 'camera' })]).toEqual(['hand-in', 'scan'])
})

it('puts the peoples of the commune behind the first of each list, and nothing else elsewhere', async () => {
  const pack = await loadPack(fileURLToPath(new URL('../../resources/procedures', import.meta.url)))
  if (!pack.ok) throw new Error('the procedures do not load')
  const counters = { 'civil-status': 'Quầy 2' }
  const labels = (peoples: string[]) =>
    fileableHere(pack.value, { counters, peoples })
      .offered.flatMap(({ form }) => form.fields)
      .filter(({ key }) => key === 'requester.ethnicity')
      .map(({ input }) => (input?.kind === 'choice' ? input.choices.map(({ label }) => label) : []))
  const [usual] = labels([])
  const [here] = labels(['Xtiêng', 'Mnông', 'Stiêng', 'Xtiêng'])
  expect(here?.slice(0, 4)).toEqual(['Kinh', 'Xtiêng', 'Mnông', 'Tày'])
  expect(here?.toSorted()).toEqual(usual?.toSorted())
})
