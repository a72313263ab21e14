// J7: two people on one claim. Different fields are merged; on the same field the second is asked, and loses nothing.
import assert from 'node:assert/strict'
import { accessible, focused, open, signIn } from './browser.mjs'

const [ana, bob] = [await open(), await open()]
await signIn(ana.page, 'bea')
await signIn(bob.page, 'omar')
const field = (who, name) => who.page.locator(`[id="${name}"]`)
for (const who of [ana, bob]) {
  await who.page.goto('/worklist')
  await focused(who.page, '#claims a')
  await who.page.keyboard.press('Enter')
  await who.page.waitForURL('**/claims/*')
  await focused(who.page, '#claim input')
}
// each sees that the other is there
await ana.page.locator('#here').getByText('Omar').waitFor()
await bob.page.locator('#here').getByText('Bea').waitFor()

await field(ana, 'authorization').fill('A-00712')
await ana.page.keyboard.press('Control+s')
await ana.page.locator('#saved').waitFor()
await bob.page.locator('#here').getByText('A colleague has saved').waitFor()
await accessible(bob.page)
await field(bob, 'line.2.charge').fill('13.00')
await bob.page.keyboard.press('Control+s')
await bob.page.locator('#saved').getByText('a colleague').waitFor()
assert.equal(await field(bob, 'authorization').inputValue(), 'A-00712')
assert.equal(await field(bob, 'line.2.charge').inputValue(), '13.00')
await accessible(bob.page)

// now both change the same box; Bob also types elsewhere, which must not be lost
await ana.page.reload()
await focused(ana.page, '#claim input')
await field(ana, 'line.2.charge').fill('14.00')
await ana.page.keyboard.press('Control+s')
await ana.page.locator('#saved').getByText('version 4').waitFor()
await field(bob, 'line.2.charge').fill('15.00')
await field(bob, 'authorization').fill('B-9')
await bob.page.keyboard.press('Control+s')
const clash = bob.page.locator('#clashes tbody tr')
await clash.waitFor()
await focused(bob.page, '[data-keep]')
assert.match(await clash.innerText(), /charge[\s\S]*15\.00[\s\S]*14\.00[\s\S]*13\.00/i)
assert.equal(await field(bob, 'authorization').inputValue(), 'B-9')
assert.equal(await field(bob, 'line.2.charge').inputValue(), '15.00')
await accessible(bob.page)
await bob.page.keyboard.press('Tab') // to "take theirs"
await bob.page.keyboard.press('Enter')
assert.equal(await field(bob, 'line.2.charge').inputValue(), '14.00')
await bob.page.keyboard.press('Control+s')
await bob.page.locator('#saved').waitFor()
assert.equal(await field(bob, 'line.2.charge').inputValue(), '14.00')
assert.equal(await field(bob, 'authorization').inputValue(), 'B-9')
const money = await bob.page.locator('#money').innerText()
assert.match(money, /charge reversal/)
await ana.close()
await bob.close()
