import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { err, ok, type Result } from '../../shared/domain/result.ts'

const words = z.string().min(1).max(300)
const notes = z.array(words).max(10)

/** The words of the official forms as one circular sets them, from a day on. */
const editionSchema = z.strictObject({
  /** The circular, for whoever checks the words. Not printed. */
  source: words,
  /** yyyy-mm-dd in Vietnam. */
  validFrom: z.iso.date(),
  state: words,
  motto: words,
  centre: words,
  number: words,
  dossierCode: words,
  signHint: words,
  signOfficer: words,
  /** Mẫu 01: giấy tiếp nhận hồ sơ và hẹn trả kết quả. */
  receipt: z.strictObject({
    title: words,
    copy: words,
    receivedBy: words,
    applicant: words,
    address: words,
    phone: words,
    request: words,
    components: words,
    noComponents: words,
    sets: words,
    oneSet: words,
    limit: words,
    receivedAt: words,
    dueAt: words,
    noDue: words,
    resultPlace: words,
    register: words,
    signApplicant: words,
    notes,
  }),
  /** Mẫu 02: phiếu yêu cầu bổ sung, hoàn thiện hồ sơ. */
  supplement: z.strictObject({
    title: words,
    applicant: words,
    request: words,
    address: words,
    phone: words,
    asked: words,
    reason: words,
    contact: words,
    notes,
  }),
})
export type OfficialTexts = z.infer<typeof editionSchema>

const officialTextsSchema = z.strictObject({
  version: z.literal(1),
  editions: z.array(editionSchema).min(1).max(50),
})
type OfficialEditions = z.infer<typeof officialTextsSchema>

/** Why a file of texts does not stand. `where`: the first field that is wrong. */
type TextsProblem =
  | { readonly code: 'missing' }
  | { readonly code: 'invalid'; readonly where: string }

/** Reads a file of texts: the one that is shipped, or the commune's own. */
async function readOfficialTexts(file: string): Promise<Result<OfficialEditions, TextsProblem>> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    return err({ code: 'missing' })
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return err({ code: 'invalid', where: 'the file' })
  }
  const parsed = officialTextsSchema.safeParse(json)
  if (parsed.success) return ok(parsed.data)
  return err({ code: 'invalid', where: parsed.error.issues[0]?.path.join('.') || 'the file' })
}

/** The words that hold on a day (yyyy-mm-dd): the newest that had begun, or else the oldest. */
export function editionOn({ editions }: OfficialEditions, day: string): OfficialTexts {
  const [oldest, ...later] = editions.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  if (oldest === undefined) throw new Error('texts without an edition')
  return later.findLast(({ validFrom }) => validFrom <= day) ?? oldest
}

/**
 * The commune's own texts where it has any, else the shipped ones. Texts of a commune that do not
 * parse are named in the log and left; shipped ones that do not are a bug and throw.
 */
export async function openOfficialTexts(
  files: { readonly shipped: string; readonly own: string },
  log: (event: 'official-texts-invalid', details: { readonly where: string }) => void,
): Promise<OfficialEditions> {
  const own = await readOfficialTexts(files.own)
  if (own.ok) return own.value
  if (own.error.code === 'invalid') log('official-texts-invalid', { where: own.error.where })
  const shipped = await readOfficialTexts(files.shipped)
  if (!shipped.ok) throw new Error('the shipped official texts do not load')
  return shipped.value
}
