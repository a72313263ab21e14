// J4: Depo-Medrol and B12 in two arms. A retired code gets the one that holds on the day, and XS only after a look into
// the chart.
import assert from 'node:assert/strict'
import { accessible, atKeyboard, focused, open, signIn, wellBehaved } from './browser.mjs'

const { page, close } = await open()
await signIn(page, 'bea')
await focused(page, '#claims a')
const hand = atKeyboard(page)
await hand.press('Enter')
await page.waitForURL('**/claims/*')
await focused(page, '[aria-invalid]')
await page.locator('#problems ol > li').nth(1).waitFor()
await accessible(page)

// from problem to problem until each has its change
for (let left = await page.locator('#problems ol > li[data-changes]').count(); left > 0;) {
  hand.think()
  const before = await page.locator('#problems ol > li').count()
  await hand.press('Alt+.')
  const fix = page.locator('#problems .fix:visible')
  const text = await fix.innerText()
  assert.match(text, /→/)
  await wellBehaved(page)
  await accessible(page)
  if (await fix.locator('.attest').count() > 0) {
    assert.match(text, /Is this in the record\?/)
    if (/XS/.test(text)) assert.match(text, /right deltoid/) // the chart's own words are in view
    await hand.press('y')
  } else await hand.press('Enter')
  await page.waitForFunction(count => document.querySelectorAll('#problems ol > li').length < count, before)
  left = await page.locator('#problems ol > li[data-changes]').count()
}
assert.equal(await page.locator('[id="line.3.modifiers"]').inputValue(), 'XS')
assert.equal(await page.locator('[id="line.2.code"]').inputValue(), 'J1010')
assert.equal(await page.locator('[id="line.2.units"]').inputValue(), '40')
await hand.press('Control+s')
await page.locator('#saved').waitFor()
await page.locator('#life').getByText('ready to send').waitFor()
await accessible(page)
const { keys, seconds, program } = hand.took()
console.log(`two-shots: ${keys} keys, ${seconds.toFixed(1)} s, the program ${program.toFixed(1)} s`)
assert.ok(seconds <= 20, `${seconds} s`)
await close()
