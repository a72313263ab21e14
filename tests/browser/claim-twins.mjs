// The negative twins of J3, J4, J5 and J7: a role that may only read, a session that has ended, a colleague who sent
// the claim meanwhile. Nothing is changed that must not be, and nothing typed is lost.
import assert from 'node:assert/strict'
import { accessible, focused, open, signIn } from './browser.mjs'

const field = (page, name) => page.locator(`[id="${name}"]`)
const first = async page => {
  await page.goto('/worklist?life=Ready')
  await focused(page, '#claims a')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/claims/*')
  await page.locator('#claim').waitFor()
}

// ---- a role that may only read: no way to change, send or fix, and a forged request is refused
const ada = await open({ expected: /status of (401|403|422)|Status Error Code (401|403)/ })
await signIn(ada.page, 'ada')
await focused(ada.page, '#claims a')
assert.equal(await ada.page.getByRole('button', { name: /^(Fix|Assign|Put away|Send)/ }).count(), 0)
await accessible(ada.page)
const token = await ada.page.locator('[name=__RequestVerificationToken]').first().inputValue()
await ada.page.keyboard.press('a') // keys of what is not offered do nothing
assert.equal(await ada.page.locator('dialog[open]').count(), 0)
await ada.page.keyboard.press('Enter')
await ada.page.waitForURL('**/claims/*')
await ada.page.locator('#problems ol > li').first().waitFor()
assert.equal(await ada.page.getByRole('button', { name: /^(Save|Set aside|Correct|Void)/ }).count(), 0)
assert.equal(await field(ada.page, 'line.1.modifiers').getAttribute('readonly'), '')
await accessible(ada.page)
const path = new URL(ada.page.url()).pathname
for (const [to, fields] of [[path, { version: '1', 'line.1.modifiers': '25' }], ['/worklist/fix', { all: 'yes' }],
  [`${path}/attest`, { what: '99202-25 on line 1', answer: 'yes', reason: 'forged' }],
  [`${path}/set-aside`, { version: '1', key: 'x', reason: 'forged' }], ['/claims/send', { claim: '1' }],
  [`${path}/correct`, { frequency: '8' }]]) {
  const where = await ada.page.evaluate(async ([to, fields, token]) => {
    const body = new FormData()
    for (const [name, value] of Object.entries({ ...fields, __RequestVerificationToken: token })) {
      body.append(name, value)
    }
    return new URL((await fetch(to, { method: 'POST', body })).url).pathname
  }, [to, fields, token])
  assert.equal(where, '/nothing', to)
}

// ---- a session that ends while somebody types: the page says so, keeps the texts, and goes on after signing in
const bea = await open({ expected: /status of (401|403|422)|Status Error Code (401|403)/ })
await signIn(bea.page, 'bea')
await first(bea.page)
await field(bea.page, 'authorization').fill('BEFORE-1')
await bea.page.locator('#unsaved').getByText('kept').waitFor()
await bea.context.clearCookies({ name: 'deltoid-session' })
await field(bea.page, 'line.1.charge').fill('41.00')
await bea.page.locator('#unsaved').getByText('You are signed out').waitFor()
await accessible(bea.page)
await bea.page.keyboard.press('Control+s') // nothing leaves the page, nothing is lost
await bea.page.waitForTimeout(300)
assert.equal(await field(bea.page, 'line.1.charge').inputValue(), '41.00')
const tab = await bea.context.newPage()
await signIn(tab, 'bea')
await tab.close()
await bea.page.keyboard.press('Control+s')
await bea.page.locator('#saved').waitFor()
assert.equal(await field(bea.page, 'authorization').inputValue(), 'BEFORE-1')
assert.equal(await field(bea.page, 'line.1.charge').inputValue(), '41.00')
assert.equal(await bea.page.locator('#draft').count(), 0) // what is saved is no draft any more

// a tab that is closed with the session: what was typed is in the form when the claim is opened again
const at = bea.page.url()
await field(bea.page, 'authorization').fill('KEPT-3')
await bea.page.locator('#unsaved').getByText('kept').waitFor()
await bea.context.clearCookies({ name: 'deltoid-session' })
await bea.page.goto('/sign-in')
await signIn(bea.page, 'bea')
await bea.page.goto(at)
await bea.page.locator('#draft').waitFor()
assert.equal(await field(bea.page, 'authorization').inputValue(), 'KEPT-3')
await accessible(bea.page)
await bea.page.getByRole('button', { name: 'Throw it away' }).press('Enter')
await bea.page.locator('#draft').waitFor({ state: 'detached' })
assert.equal(await field(bea.page, 'authorization').inputValue(), 'BEFORE-1')

// ---- a colleague sends the claim while it is open: the texts stay, and the page says what can be done instead
const omar = await open({ expected: /status of (401|403|422)|Status Error Code (401|403)/ })
await signIn(omar.page, 'omar')
await first(bea.page)
await first(omar.page)
assert.equal(new URL(omar.page.url()).pathname, new URL(bea.page.url()).pathname)
await omar.page.keyboard.press('Control+Enter')
await omar.page.locator('#life').getByText('sent').waitFor()
await field(bea.page, 'authorization').fill('LATE-4')
await bea.page.keyboard.press('Control+s')
await bea.page.locator('#fault').getByText('the payer has this claim already').waitFor()
assert.equal(await field(bea.page, 'authorization').inputValue(), 'LATE-4')
await accessible(bea.page)
for (const who of [ada, bea, omar]) await who.close()
