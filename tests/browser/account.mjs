// My account by its person: an authenticator, recovery codes, a passkey of a virtual device, sessions; the owner
// requires a second factor.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { accessible, open, signIn, signOut } from './browser.mjs'

// a passkey belongs to a name, not to a number of an address
process.env.DELTOID_URL = process.env.DELTOID_URL.replace('127.0.0.1', 'localhost')
const password = process.env.DELTOID_PASSWORD

/** The six digits of an authenticator app (RFC 6238), some half minutes from now. */
function shown (key, later = 0) {
  const bits = [...key.replaceAll(' ', '')]
    .map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)))
  const step = Buffer.alloc(8)
  step.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30000) + later))
  const hash = createHmac('sha1', secret).update(step).digest()
  return String((hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff) % 1000000).padStart(6, '0')
}

async function withPassword (page, name) {
  await page.goto('/sign-in')
  await page.locator('#name').fill(name)
  await page.locator('#password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

const { browser, context, page, close } = await open()
const device = await context.newCDPSession(page)
await device.send('WebAuthn.enable')
await device.send('WebAuthn.addVirtualAuthenticator', {
  options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
    isUserVerified: true, automaticPresenceSimulation: true }
})
await signIn(page, 'bea')
await page.getByRole('link', { name: 'Bea (biller)' }).click()
await accessible(page)

// an authenticator app
await page.getByLabel('Your password').first().fill('not the password')
await page.getByRole('button', { name: 'Set up an authenticator' }).click()
await page.locator('#faults', { hasText: 'password is not right' }).waitFor()
await accessible(page)
await page.getByLabel('Your password').first().fill(password)
await page.getByRole('button', { name: 'Set up an authenticator' }).click()
await page.locator('svg.qr').waitFor()
await accessible(page)
const key = await page.locator('#key').innerText()
await page.getByLabel('The six digits that it shows').fill(shown(key))
await page.keyboard.press('Control+Enter')
await page.locator('#codes li').first().waitFor()
await accessible(page)
const codes = await page.locator('#codes li').allInnerTexts()
assert.equal(codes.length, 10)
await signOut(page)

await withPassword(page, 'bea')
await page.waitForURL('**/sign-in/second')
await accessible(page)
await page.getByLabel('Code of your authenticator app').fill(shown(key, 1))
await page.keyboard.press('Enter')
await page.waitForURL('**/worklist')
await signOut(page)
await withPassword(page, 'bea')
await page.waitForURL('**/sign-in/second')
await page.getByLabel('Code of your authenticator app').fill(codes[3])
await page.keyboard.press('Enter')
await page.waitForURL('**/worklist')

// a passkey
await page.goto('/account')
assert.match(await page.locator('#codes-left').innerText(), /^9 of 10/)
await page.getByLabel('Name of the new passkey').fill('desk')
await page.locator('#passkey-password').fill(password)
await page.getByRole('button', { name: 'Add a passkey' }).click()
await page.locator('#passkeys', { hasText: 'desk' }).waitFor()
await accessible(page)
await signOut(page)
await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
await page.waitForURL('**/worklist')

// sessions: another browser is seen, ended, and out
const other = await (await browser.newContext({ baseURL: process.env.DELTOID_URL })).newPage()
await withPassword(other, 'bea')
await other.waitForURL('**/sign-in/second')
await other.getByLabel('Code of your authenticator app').fill(codes[4])
await other.keyboard.press('Enter')
await other.waitForURL('**/worklist')
await page.goto('/account')
assert.match(await page.locator('#sessions').innerText(), /Chrome on Linux/)
await page.getByRole('button', { name: /^End Chrome/ }).first().click()
await page.locator('#saved').waitFor()
await accessible(page)
await other.goto('/worklist')
assert.match(other.url(), /sign-in/)
await page.getByText('Remove', { exact: true }).last().click()
await page.getByLabel('Password, to remove desk').fill(password)
await page.getByRole('button', { name: 'Remove desk' }).click()
await page.locator('#saved').waitFor()
assert.equal(await page.locator('#passkeys').count(), 0)
await signOut(page)

// the owner requires it: who has none sees only the account
await signIn(page, 'omar')
await page.goto('/settings/people')
await page.getByRole('button', { name: 'Require a second factor' }).click()
await page.waitForURL('**/account')
await page.locator('#must-add').waitFor()
await accessible(page)
await page.getByLabel('Name of the new passkey').fill('key')
await page.locator('#passkey-password').fill(password)
await page.getByRole('button', { name: 'Add a passkey' }).click()
await page.locator('#codes li').first().waitFor()
await page.goto('/settings/people')
await page.locator('#second-factor', { hasText: 'Everybody needs' }).waitFor()
await accessible(page)
await close()
