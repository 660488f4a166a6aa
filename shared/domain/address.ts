import { z } from 'zod'

/**
 * Where somebody lives or a thing lies. `unit`: in a commune of today, by the codes of the
 * statistics office, with what lies below it ("Thôn 3") as people write it. `free`: as written, for a
 * place abroad and for the name that a unit had on a past date.
 */
export const addressSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('unit'),
    province: z.string().regex(/^\d{2}$/),
    commune: z.string().regex(/^\d{5}$/),
    detail: z.string().max(200),
  }),
  z.strictObject({ kind: z.literal('free'), text: z.string().min(1).max(300) }),
])
export type Address = z.infer<typeof addressSchema>

/** "Thôn 3, Xã Đăk Ơ, Thành phố Đồng Nai": from below upwards, as forms write it. */
export function addressWords(detail: string, commune: string, province: string): string {
  return [detail, commune, province].filter((part) => part !== '').join(', ')
}
