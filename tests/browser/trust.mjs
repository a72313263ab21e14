// No text becomes a part of a page or a script, whichever way a script of ours would be talked into it: only what the
// server has answered does, as it came and once. Each way is tried on a page without the policy too, where it works.
import assert from 'node:assert/strict'
import { open } from './browser.mjs'

const { page, close } = await open({ expected: /status of (404|422)|require|Trusted|policy|htmx:|TypeError/ })

/** In the page: what came of each way in which a text can become elements, a script or a script's address. */
const ways = () => page.evaluate(() => {
  const [html, code] = ['<img src=x onerror="window.ran = 1">', 'window.ran = 1']
  const at = () => document.body.appendChild(document.createElement('div'))
  const tried = {
    innerHTML: () => { at().innerHTML = html },
    outerHTML: () => { at().outerHTML = html },
    insertAdjacentHTML: () => at().insertAdjacentHTML('beforeend', html),
    setHTMLUnsafe: () => at().setHTMLUnsafe(html),
    fragment: () => at().append(document.createRange().createContextualFragment(html)),
    DOMParser: () => at().append(new DOMParser().parseFromString(html, 'text/html').body),
    parseHTMLUnsafe: () => at().append(Document.parseHTMLUnsafe(html).body),
    srcdoc: () => { document.createElement('iframe').srcdoc = html },
    write: () => {
      const frame = document.createElement('iframe')
      at().append(frame)
      frame.contentDocument.write(html)
    },
    handler: () => at().setAttribute('onclick', code),
    script: () => { document.createElement('script').text = code },
    src: () => { document.createElement('script').src = '/keys.js' },
    worker: () => new Worker('/worker.js').terminate()
  }
  return Object.entries(tried).map(([name, act]) => {
    try { act() } catch (error) { return [name, error.name] }
    return [name, 'done']
  })
})
const all = async word => {
  for (const [name, came] of await ways()) assert.equal(came, word, name)
}

// the control: the same page, but without its policy
await page.route('**/lookup', async route => {
  const answer = await route.fetch()
  const { 'content-security-policy': _, ...headers } = answer.headers()
  await route.fulfill({ response: answer, headers })
})
await page.goto('/lookup')
await all('done')
await page.waitForFunction('window.ran')
await page.unroute('**/lookup')

for (const address of ['/lookup', '/sign-in', '/no-such-page']) {
  await page.goto(address)
  await all('TypeError')
}

// what the server answers comes in by htmx; the same text again does not, nor one that was changed on the way
await page.goto('/lookup')
await page.evaluate(() => {
  document.addEventListener('htmx:beforeSwap', ({ detail: { xhr } }) => { window.answer = xhr.responseText })
})
await page.locator('#lookup').fill('tora')
await page.locator('.found', { hasText: 'J1885' }).waitFor()
assert.equal(await page.evaluate(() => {
  const text = `<body><template class="internal-htmx-wrapper">${window.answer}</template></body>`
  if (!window.answer.includes('J1885')) return 'no answer'
  try { Document.parseHTMLUnsafe(text) } catch (error) { return error.name }
  return 'done'
}), 'TypeError')
await page.evaluate(() => addEventListener('htmx:beforeSwap', ({ detail }) => {
  detail.serverResponse += '<p class="added">x</p>'
}))
const answered = page.waitForResponse('**/lookup/found*')
await page.locator('#lookup').fill('torad')
await answered
await page.waitForTimeout(300)
assert.equal(await page.locator('.added').count(), 0)

// our own door asks where an answer is from; nobody makes another door
assert.deepEqual(await page.evaluate(async () => {
  const { pageOf, workerAt } = await import(document.querySelector('link[href*="trust.js"]').href)
  const of = async act => { try { await act(); return 'done' } catch (error) { return error.name } }
  return [
    await of(() => pageOf(new Response('<b>x</b>', { headers: { 'content-type': 'text/html' } }))),
    await of(async () => pageOf(await fetch('/keys.js'))), // no page
    await of(async () => pageOf(await fetch('/lookup/found?q=tora'))),
    await of(() => workerAt('/keys.js')), await of(() => workerAt('https://example.com/worker.js')),
    await of(() => workerAt('/worker.js')),
    await of(() => window.trustedTypes.createPolicy('mine', { createHTML: text => text })),
    await of(() => window.trustedTypes.createPolicy('default', { createHTML: text => text }))
  ]
}), ['TypeError', 'TypeError', 'done', 'TypeError', 'TypeError', 'done', 'TypeError', 'TypeError'])
assert.equal(await page.evaluate('window.ran'), undefined)
await close()
