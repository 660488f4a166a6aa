import { authoredAllKinds, motherCardText } from '../fixtures/all-kinds.ts'
import { sampleCardText, sampleProcedure } from '../fixtures/procedure.ts'
import { expect, fileIt, killCore, test } from './kiosk.ts'

/** Procedures with every kind of question, in the place of those that are shipped. */
const procedures = [authoredAllKinds, { ...sampleProcedure, after: [authoredAllKinds.code] }]
test.use({ pack: { procedures } })

const CODE = authoredAllKinds.code

test('a citizen answers every kind of question and files with two cards', async ({
  kiosk,
  page,
}) => {
  const { journey, hall } = kiosk
  await journey.identify(() => hall.world.scan('father'))
  await journey.choose('civil-status', CODE)
  await journey.goOn()
  const asked = (key: string) => journey.waitFor(`procedure.${CODE}.question.${key}`)

  await asked('who')
  await journey.answer('father')
  await asked('mother.card')
  // The applicant's own number is refused calmly, and the other card is then shown by its name.
  await hall.world.scanText(sampleCardText)
  await expect(page.locator('.state [data-say="problem.same-card"]')).toBeVisible()
  await expect(page).toHaveTitle(/^Lỗi: /)
  await hall.world.scanText(motherCardText)
  await expect(page.getByText('Lý Thị Ví Dụ')).toBeVisible()
  await journey.answer('card')
  await asked('phone')
  await journey.answer(null)
  await asked('people')
  await journey.answer('xtieng')
  await asked('needs')
  await journey.answer('walk,see')
  await asked('needs.more')
  await journey.answer('chậm')
  await asked('capital')
  await journey.answer('0')
  await expect(page.locator('.summary')).toContainText('Vốn phải lớn hơn 0.')
  await expect(page.locator('input#answer')).toHaveValue('0')
  await journey.answer('1200000')
  await asked('since')
  await journey.answer('2019')
  await asked('place')
  await journey.answer('Ấp Mẫu, Xã Thử')
  await asked('members.first')
  await journey.answer('yes')
  for (const name of ['An', 'Ba']) {
    await asked('members.name')
    await journey.answer(name)
    await asked('members.note')
    await journey.answer(null)
    await asked('members.next')
    if (name === 'An') await journey.answer('yes')
  }
  await expect(page.locator('.sofar__row')).toHaveCount(2)
  await page.getByRole('button', { name: 'Bỏ ra: dòng 1' }).click()
  await expect(page.locator('.sofar__row')).toHaveText([/Ba/])
  await journey.answer('no')

  await journey.waitFor('review.title')
  await expect(page.locator('.rows')).toContainText('Xtiêng')
  await expect(page.locator('.rows')).toContainText('Đi lại, Nhìn')
  await expect(page.locator('.rows')).toContainText('1.200.000 đồng')
  // What was filled in the usual way is changed here.
  await page.locator('.row--press', { hasText: 'Số bản' }).click()
  await asked('copies')
  await page.locator('input#answer').fill('4')
  await journey.goOn()
  await expect(page.locator('.row--press', { hasText: 'Số bản' })).toContainText('4')
  await fileIt(kiosk)
  await journey.waitFor('done.title-accepted')
  await expect(page.locator('.next')).toContainText('Còn một lần hẹn mới xong việc.')
})

test('a stop is no error, and the procedure that fits is filed with what was answered', async ({
  kiosk,
  page,
}) => {
  const { journey, hall } = kiosk
  await journey.identify(() => hall.world.scan('father'))
  await journey.choose('civil-status', CODE)
  await journey.goOn()
  await journey.answer('nobody')
  await journey.waitFor(`procedure.${CODE}.stop.elsewhere`)
  await expect(page).not.toHaveTitle(/^Lỗi: /)
  await page.getByRole('button', { name: 'Sửa câu trả lời' }).click()
  await journey.waitFor(`procedure.${CODE}.question.who`)
  await expect(page.locator('input[value="nobody"]')).toBeChecked()
  await journey.goOn()
  await journey.goOn()
  await journey.waitFor('prepare.title*')
})

test('after one filing the next one begins with the same card, and the first keeps its papers', async ({
  kiosk,
  page,
}) => {
  const { journey, hall } = kiosk
  await hall.world.setPortal('cut')
  await journey.identify(() => hall.world.scan('father'))
  await journey.choose('civil-status', sampleProcedure.code)
  await journey.goOn()
  await journey.answerAll({ status: 'single', phone: '0912345678' })
  await fileIt(kiosk)
  await expect(page.locator('[data-say="paper.printed"]')).toBeVisible()
  await page.getByRole('button', { name: 'Làm việc khác' }).click()
  await journey.waitFor('again.title')
  await journey.goOn()
  await journey.waitFor('prepare.title*')
  await killCore(page, hall.shell.pid)
  await hall.world.setPortal('up')
  // Accepted only now: its receipt still comes out, and its slip does not come again.
  await expect
    .poll(async () => (await hall.world.state()).prints, { timeout: 30_000 })
    .toEqual(['001.png', '002.png', 'receipt-1.pdf'])
  await journey.goOn()
  await journey.answer('mother')
  // The telephone number is known from the first filing.
  await journey.waitFor(`procedure.${CODE}.question.people`)
})
