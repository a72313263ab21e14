// The thin whole: chart the B12 shot, see it in the worklist, send it, take the payer's answer in: the claim is paid.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accessible, choose, day, open, shownDay, signIn, signOut } from './browser.mjs'

const { page, close } = await open()
await signIn(page, 'mia')
await accessible(page)

await choose(page, '#who', 'exam')
await choose(page, '#Drug-0', 'b12')
await page.getByLabel(/XYZ2025/).check()
await page.getByLabel('left deltoid', { exact: true }).first().check()
await page.getByLabel('in suite').check()
for (const [field, value] of [['Minutes observed', '10'], ['After the shot', 'no reaction']]) {
  await page.getByLabel(field).fill(value)
}
const preview = page.locator('#will-bill')
await preview.getByText('J3420-JZ').waitFor()
await preview.getByText('clean').waitFor()
assert.match(await preview.innerText(), /96372 ×1[\s\S]*J3420-JZ ×1[\s\S]*clean/)
await accessible(page)
await page.keyboard.press('Control+Enter')
assert.match(await page.locator('#saved').innerText(), /Claim C000001 .*\$50\.50: ready to send/)
await signOut(page)

await signIn(page, 'bea')
assert.match((await page.locator('#claims tbody tr').innerText()).replace(/\s+/g, ' '),
  new RegExp(`C000001 Example, Pat ${shownDay(day())}`))
await accessible(page)
await page.keyboard.press('Control+Enter')
await page.waitForURL('**/files')
const wait = page.waitForEvent('download')
await page.getByRole('link', { name: '000000001.837', exact: true }).click()
const folder = mkdtempSync(join(tmpdir(), 'deltoid-journey-'))
const claims = join(folder, 'sent.837')
await (await wait).saveAs(claims)

execFileSync(process.env.DELTOID, ['payer', claims, '--profile', 'all=0,deductible=0', '--output', folder])
const answers = readdirSync(folder).filter(name => name.endsWith('.835')).map(name => join(folder, name))
await page.getByLabel('Answers of payers (835, 999, TA1, 277CA)').setInputFiles(answers)
await page.keyboard.press('Control+Enter')
await page.getByRole('status').filter({ hasText: /✔[^]*:\s+posted/ }).first().waitFor() // when the job has ended
await accessible(page)
// the same files again change nothing
await page.getByLabel('Answers of payers (835, 999, TA1, 277CA)').setInputFiles(answers)
await page.keyboard.press('Control+Enter')
await page.getByText('Nothing was posted again').first().waitFor()

await page.goto('/worklist?life=Closed')
if (await page.locator('#claims').count() === 0) await page.goto('/worklist?life=Answered')
await page.getByRole('link', { name: 'C000001' }).click()
const money = await page.locator('#money').innerText()
assert.match(money, /charge/)
assert.match(money, /payment/)
assert.match(await page.locator('#life').innerText(), /\$0\.00 open with payers/)
await accessible(page)
await close()
