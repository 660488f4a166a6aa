import type { Procedure } from '../../../shared/forms/index.ts'
import { citizens } from './citizens.ts'
import { effortOf, type World } from './measure.ts'
import { pictureCost } from './pictures.ts'
import { commonest } from './press-budgets.ts'
import { median } from './table.ts'

/** No more touches than so many times those of whoever reads. */
export const PICTURE_RATIO_MAX = 1.5

/** One of the ten commonest by pictures and voice, in mode `card`: the middle of the citizens. */
export interface PictureRow {
  readonly procedure: Procedure
  readonly reading: number
  /** The citizen's touches, and the letters that are typed for them. */
  readonly pictures: number
  /** Of the citizen to whom it costs most beside reading. */
  readonly worst: number
  /** What an assistant's stepping in and out adds. */
  readonly assistant: number
  /** Questions, by their title, that any of them tells apart by ear, or spells aloud. */
  readonly byEar: readonly string[]
  readonly spelled: readonly string[]
  /** Questions that any of them is asked. */
  readonly asked: readonly string[]
}

export function measurePictures(world: World): readonly PictureRow[] {
  const { pack, places } = world
  return commonest.map((code): PictureRow => {
    const procedure = pack.find((one) => one.code === code)
    if (procedure === undefined) throw new Error(`no procedure ${code}`)
    const each = citizens.map((citizen) => {
      const { taps, path } = effortOf(world, procedure, citizen, 'card')
      const { more, assistant, byEar, spelled } = pictureCost(procedure, path, pack, places)
      const asked = path.steps.map(({ field }) => field.key)
      return { reading: taps, pictures: taps + more - assistant, assistant, byEar, spelled, asked }
    })
    return {
      procedure,
      reading: median(each.map(({ reading }) => reading)),
      pictures: median(each.map(({ pictures }) => pictures)),
      worst: Math.max(...each.map(({ pictures, reading }) => pictures / reading)),
      assistant: median(each.map(({ assistant }) => assistant)),
      byEar: [...new Set(each.flatMap(({ byEar }) => byEar))],
      spelled: [...new Set(each.flatMap(({ spelled }) => spelled))],
      asked: [...new Set(each.flatMap(({ asked }) => asked))],
    }
  })
}

/** The table of `docs/effort.md` on the journey without reading. */
export function pictureTable(rows: readonly PictureRow[]): string {
  const head = ['Procedure', 'reading', 'pictures', 'ratio', 'at most', 'assistant']
  const lines = rows.map((row) => [
    `${row.procedure.code} ${row.procedure.shortName}`,
    String(row.reading),
    String(row.pictures),
    (row.pictures / row.reading).toFixed(2),
    row.worst.toFixed(2),
    String(row.assistant),
    named(row.byEar),
    named(row.spelled),
  ])
  const all = [...head, 'told apart by ear', 'spelled aloud']
  return [all, all.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const named = (keys: readonly string[]) => keys.map((key) => `\`${key}\``).join(', ') || '-'
