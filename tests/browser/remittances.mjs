// J6: twelve remittances dropped, looked at, posted to the cent; the exceptions have their reasons; one is taken back.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { accessible, atKeyboard, open, signIn, wellBehaved } from './browser.mjs'

const folder = process.env.FILES
const { page, close } = await open()
await signIn(page, 'bea')
const hands = atKeyboard(page)
await hands.press('g', 'e')
await page.waitForURL('**/remittances')
await accessible(page)
await page.locator('#files').setInputFiles(readdirSync(folder).sort().map(name => join(folder, name)))
hands.think()
await Promise.all([page.waitForNavigation(), hands.press('Control+Enter')])
// the jobs read them one after the other; the page asks until all are there
await page.locator('#payments tbody tr').nth(11).waitFor({ timeout: 60000 })
await page.locator('#jobs [hx-get]').waitFor({ state: 'detached' })
const text = () => page.locator('#payments').innerText()
assert.match(await text(), /kept back, nothing was posted/)
assert.match(await text(), /received before, nothing was posted again/)
assert.equal(await page.locator('#payments input[type=checkbox]').count(), 10)
await accessible(page)
await wellBehaved(page)

// one of them from near: the check, its claims, the take-back
await page.getByRole('link', { name: 'BACK', exact: true }).click()
await page.locator('#balance', { hasText: '✔' }).waitFor()
assert.match(await page.locator('#rows').innerText(), /taken back/)
await accessible(page)
await page.getByRole('link', { name: '← Remittances' }).click()
await page.waitForURL('**/remittances')

hands.think()
await Promise.all([page.waitForNavigation(), hands.press('Control+Enter')])
await page.locator('#posted', { hasText: '10 payments are posted' }).waitFor()
const { seconds, program } = hands.took()
assert.ok(seconds <= 180, `${seconds} s of the person`)
assert.match(await page.locator('h1').innerText(), /11 posted/)
await accessible(page)
console.log(`${seconds.toFixed(1)} s of the person, ${program.toFixed(1)} s of the program`)

// the one that is off by a cent names its segment
await page.getByRole('link', { name: 'CENT', exact: true }).click()
assert.match(await page.locator('main').innerText(), /Segment \d+:\s+\S*BPR/)
await accessible(page)

// a posting is taken back with a reason, and can be posted again
await page.goto('/remittances')
await page.getByRole('link', { name: 'T03', exact: true }).click()
await page.locator('#why').fill('posted to the wrong month')
await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
await page.locator('#state', { hasText: 'posted, and taken back' }).waitFor()
await accessible(page)
await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+Enter')])
await page.locator('#posted', { hasText: '1 payment is posted' }).waitFor()
await close()
