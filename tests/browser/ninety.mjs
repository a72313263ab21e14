// J5: Monday, 214 open claims, 90 held for the same missing NDC, which the charts have. One change, one preview, one
// batch; undone and made again; sent, and the payer's translator takes all 90.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accessible, atKeyboard, focused, open, signIn, wellBehaved } from './browser.mjs'

const { page, close } = await open()
await signIn(page, 'bea')
await focused(page, '#claims a')
assert.match(await page.locator('h1').innerText(), /214 open claims/)
const group = page.locator('#groups tr').filter({ hasText: 'ndc missing' })
assert.match(await group.innerText(), /90/)
await accessible(page)
const hand = atKeyboard(page)
hand.think()
await group.getByRole('button').focus()
await hand.press('Enter')
await page.waitForURL('**/worklist/fix')
const preview = page.locator('form.bulk').first()
assert.equal(await preview.locator('tbody tr').count(), 90)
assert.match(await preview.locator('tbody tr').first().innerText(), /NDC.*: \(empty\) → 00517-?0031-?25/)
await accessible(page)
hand.think()
await hand.press('Control+Enter')
await page.locator('#done').waitFor()
assert.match(await page.locator('#done').innerText(), /90 claims changed.* 90 of them ready/s)
await accessible(page)

// one undo takes all of it back
await hand.press('u')
await page.getByRole('heading', { name: 'Undone' }).waitFor()
assert.match(await page.locator('#done').innerText(), /90 claims changed.* 0 of them ready/s)
await hand.press('Escape')
await page.locator('#groups').waitFor()
await page.locator('#groups tr').filter({ hasText: 'ndc missing' }).getByRole('button').focus()
await hand.press('Enter')
await page.waitForURL('**/worklist/fix')
await hand.press('Control+Enter')
await page.locator('#done').waitFor()
hand.think()
await hand.press('Control+Enter')
await page.waitForURL('**/files')
const { keys, seconds, program } = hand.took()
assert.ok(seconds <= 90, `${seconds} s`)
await wellBehaved(page)

const wait = page.waitForEvent('download')
await page.getByRole('link', { name: '000000001.837', exact: true }).press('Enter')
const sent = join(mkdtempSync(join(tmpdir(), 'deltoid-journey-')), 'sent.837')
await (await wait).saveAs(sent)
const acknowledged = execFileSync(process.env.DELTOID, ['check', sent, '--ack'], { encoding: 'utf8' })
assert.match(acknowledged, /AK9\*A\*1\*1\*1/)
console.log(`ninety: ${keys} keys, ${seconds.toFixed(1)} s, the program ${program.toFixed(1)} s`)
await close()
