// Visits every page of a practice that is full of markup: no script of it runs, no element of it is made, the policy
// has nothing to refuse, and nothing is asked of another host.
import assert from 'node:assert/strict'
import { open, signIn } from './browser.mjs'

const { page, context, close } = await open({ expected: /status of (401|403|404|422)|Status Error Code/ })
const faults = []
page.on('dialog', async dialog => { faults.push('a dialog: ' + page.url()); await dialog.dismiss() })
page.on('request', request => {
  if (!request.url().startsWith(process.env.DELTOID_URL) && !request.url().startsWith('data:')) {
    faults.push('asks ' + request.url())
  }
})
await context.addInitScript(() => {
  document.addEventListener('securitypolicyviolation', e => { window.refused = e.violatedDirective })
})
await signIn(page, 'omar')
const kindOf = address => address.replace(/\d+/g, 'n').replace(/=[^&]*/g, '')
const waiting = process.env.PAGES.split(' ')
const seen = new Map()
let visited = 0
while (waiting.length > 0) {
  const path = waiting.shift()
  const kind = kindOf(path)
  if ((seen.get(kind) ?? 0) >= 3 || /^\/(sign-out|setup|files\/\d+$)/.test(path) || /\/paper/.test(path)) continue
  seen.set(kind, (seen.get(kind) ?? 0) + 1)
  let answer
  try { answer = await page.goto(path, { waitUntil: 'load' }) } catch { continue } // a download
  if (!answer?.headers()['content-type']?.startsWith('text/html')) continue
  visited++
  for (const details of await page.locator('details:not([open]) > summary').all()) {
    if (await details.isVisible()) await details.click()
  }
  const found = await page.evaluate(() => ({
    ran: window.zq, refused: window.refused, made: document.querySelector('[data-zq]')?.outerHTML,
    links: [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))
  }))
  if (found.ran || found.refused || found.made) faults.push(`${path}: ${JSON.stringify({ ...found, links: [] })}`)
  for (const link of found.links) {
    if (/^\s*javascript:/i.test(link)) faults.push(`${path} leads to a script`)
    if (link.startsWith('/')) waiting.push(link.split('#')[0])
  }
}
assert.deepEqual(faults, [])
assert.ok(visited >= 40, `${visited} pages`)
await close()
