// J1: the B12 shot that was just given, keyboard and scanner only, in at most 35 keys. Then what must not be lost.
import assert from 'node:assert/strict'
import { accessible, atKeyboard, choose, day, expiry, focusedId, open, signIn, signOut } from './browser.mjs'

const { page, context, close } = await open({ expected: /status of (401|403|422)|Status Error Code (401|403)/ })
await signIn(page, 'mia')

const hands = atKeyboard(page)
await hands.press('Alt+n')
await page.waitForFunction(() => document.activeElement.id === 'who')
await page.locator('#Day').fill(day(-28)) // so that there is a last time below
await page.locator('#who').focus()
await hands.type('exa')
await page.getByRole('option', { name: /Example, Pat/ }).waitFor()
await hands.press('Enter')
await page.waitForFunction(() => document.activeElement.id === 'Drug-0')
assert.match(await page.locator('#who-is').innerText(), /\d\d years, F · Medicare Part B/)
await hands.scan(`\u001d010030517003125117${expiry()}10XYZ2025`)
await page.waitForFunction(() => document.activeElement.id === 'Site-0-0')
assert.equal(await page.locator('#Drug-0').inputValue(), 'cyanocobalamin')
assert.equal(await page.locator('#Dose-0').inputValue(), '1000 mcg')
assert.equal(await page.locator('#OrderBy-0').inputValue(), 'Dr. Sample')
await hands.press('1')
await hands.press('Shift+F8') // back to what is missing: who supervised
await page.waitForFunction(() => document.activeElement.id === 'Supervision-0')
await hands.press('1')
await page.locator('#will-bill').getByText('clean').waitFor()
assert.match(await page.locator('#will-bill').innerText(), /96372 ×1 \$38\.00\s+J3420-JZ ×1 \$12\.50\s+✔ clean/)
assert.match(await page.locator('#sum-0').innerText(),
  /vial 1,000 mcg − given 1,000 mcg = nothing left.*1,000 mcg ÷ 1,000 mcg = 1 unit of J3420/)
assert.equal(await page.locator('#Discarded-0').isVisible(), false)
await accessible(page)
await hands.press('Control+Enter')
await page.locator('#saved').waitFor()
assert.match(await page.locator('#saved').innerText(), /✔ Saved\. Claim C000001 .*\$50\.50: ready to send/)
const took = hands.took()
assert.ok(took.keys <= 35 && took.seconds <= 30, JSON.stringify(took))
assert.doesNotMatch(page.url(), /exa|pat/i)
assert.equal(await focusedId(page), 'who')
assert.equal(await page.locator('#who').inputValue(), '')

// the next time: the last shot is remembered, and what is typed outlives a reload and a sign-out
await page.locator('#Day').fill(day())
await choose(page, '#who', '4/9/1958')
await page.locator('#saved').waitFor({ state: 'detached' }) // it is of the shot before
await choose(page, '#Drug-0', 'b12')
await page.getByText('last 28 days ago, left deltoid').waitFor()
await page.getByText('28 days ago: left deltoid. Today right deltoid?').waitFor()
await page.locator('#Response-0').fill('felt faint for a minute')
await page.waitForResponse(answer => answer.url().endsWith('/chart/draft') &&
  answer.request().postData().includes('felt faint for a minute'))
await page.reload()
await page.getByText('This shot is not saved yet').waitFor()
assert.equal(await page.locator('#Response-0').inputValue(), 'felt faint for a minute')
await accessible(page)
await signOut(page)
await signIn(page, 'mia')
assert.equal(await page.locator('#Response-0').inputValue(), 'felt faint for a minute')
assert.equal(await page.locator('#Dose-0').inputValue(), '1000 mcg')

// half a vial of 60 mg: the waste is asked about, with its witness, and the note says so
await page.getByRole('button', { name: 'Start over' }).click()
await page.locator('#draft-found').waitFor({ state: 'detached' })
await page.waitForFunction(() => document.activeElement.id === 'who')
await page.locator('#Day').fill(day())
await choose(page, '#who', 'spec')
await choose(page, '#Drug-0', 'torad')
await page.getByLabel(/K-220/).check()
await page.locator('#vial-0').waitFor()
// ten times the dose is asked about; it is kept, or typed again
await page.locator('#Dose-0').fill('300 mg')
await page.getByText('The usual single dose is 15 mg – 30 mg.').waitFor()
await accessible(page)
await page.getByRole('button', { name: 'Keep 300 mg' }).click()
await page.waitForFunction(() => document.getElementById('note-text').value.includes('asked about and meant'))
assert.equal(await page.locator('.usual').count(), 0)
await page.locator('#Dose-0').fill('30 mg')
await page.getByRole('button', { name: '30 mg thrown away' }).waitFor()
assert.equal(await page.locator('#vial-0 .fluid').getAttribute('height'), '14') // half of it
assert.doesNotMatch(await page.locator('#note-text').inputValue(), /asked about/)
await page.getByRole('button', { name: '30 mg thrown away' }).click()
await page.locator('#Witness-0').fill('J. Doe, RN')
await page.getByLabel('right ventrogluteal').first().focus()
await page.keyboard.press('4')
await page.getByLabel('another shot', { exact: false }).or(page.locator('#more')).first().click()
await page.locator('#Drug-1').waitFor()
await page.locator('#sum-0').getByText('vial 60 mg − given 30 mg = 30 mg left').waitFor()
await page.locator('#note summary').click()
await page.waitForFunction(() => /Thrown away: 30 mg, seen by J\. Doe, RN\./.test(
  document.getElementById('note-text').value))
await accessible(page)
// the session ends while it is typed: the text stays, and the same page saves once its person has signed in elsewhere
const session = (await context.cookies()).find(c => c.name === 'deltoid-session')
await context.clearCookies({ name: session.name })
await page.locator('#Response-0').fill('no reaction, walked home')
await page.locator('#network').getByText('You are signed out').waitFor()
await page.keyboard.press('Control+Enter')
await page.locator('#network').getByText('then save here again').waitFor()
assert.equal(await page.locator('#Response-0').inputValue(), 'no reaction, walked home')
await accessible(page)
const other = await context.newPage()
await signIn(other, 'mia')
await other.close()
for (const size of [{ width: 320, height: 700 }, { width: 390, height: 844 }]) {
  await page.setViewportSize(size)
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${size.width} px`)
}
await page.locator('#Drug-1').fill('')
await page.getByRole('button', { name: 'Remove' }).last().click()
await page.locator('#Drug-1').waitFor({ state: 'detached' })
await page.keyboard.press('Control+Enter')
await page.keyboard.press('Control+Enter') // twice: one claim
await page.locator('#saved').waitFor()
assert.match(await page.locator('#saved').innerText(), /Claim C000002/)
for (const media of [{ colorScheme: 'dark' }, { colorScheme: 'light', forcedColors: 'active' }]) {
  await page.emulateMedia(media)
  await accessible(page)
}
await close()
