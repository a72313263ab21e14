// What people, payers and files say is shown, and never run: each text of PAYLOADS in every text field of every form,
// in names of files, in an 837, an 835 and a CSV. Each answer is read for what a payload would have made of the page;
// then every page is opened in the browser, where no script of theirs may run and the policy has nothing to refuse.
// DELTOID_LONG=1: every payload in every field; without it each field gets the next one.
import assert from 'node:assert/strict'
import { open, signIn } from './browser.mjs'

const isLong = process.env.DELTOID_LONG === '1'
const pages = process.env.PAGES.split(' ')
const PAYLOADS = [
  '<script data-zq>zq()</script>', '<script data-zq src=/zq.js></script>', '<img data-zq src=x onerror=zq()>',
  '<svg data-zq onload=zq()>', '<svg data-zq><script>zq()</script></svg>', '<body data-zq onload=zq()>',
  '<iframe data-zq srcdoc="<script>parent.zq()</script>"></iframe>', '<iframe data-zq src="javascript:parent.zq()">',
  '<details data-zq open ontoggle=zq()>', '<video data-zq><source onerror=zq()></video>',
  '<audio data-zq src=x onerror=zq()>', '<input data-zq autofocus onfocus=zq()>',
  '<select data-zq autofocus onfocus=zq()>', '<textarea data-zq autofocus onfocus=zq()>',
  '<math data-zq><mtext><img src=x onerror=zq()></mtext></math>', '<object data-zq data="javascript:zq()">',
  '<embed data-zq src="javascript:zq()">', '<a data-zq href="javascript:zq()">x</a>',
  '<form data-zq action="javascript:zq()"><button>x</button></form>', '<base data-zq href="//zq.example/">',
  '<meta data-zq http-equiv=refresh content="0;url=javascript:zq()">', '<link data-zq rel=stylesheet href=/zq.css>',
  '<style data-zq>*{background:url(/zq)}</style>', '<p data-zq style="background:url(/zq)">x</p>',
  '<p data-zq hx-get=/zq hx-trigger=load>x</p>', '<p data-zq hx-on:htmx:load="zq()">x</p>',
  '<p data-zq data-hx-get=/zq data-hx-trigger=load>x</p>', '"><img data-zq src=x onerror=zq()>',
  "'><img data-zq src=x onerror=zq()>", '" data-zq autofocus onfocus="zq()', "' data-zq autofocus onfocus='zq()",
  '</textarea><img data-zq src=x onerror=zq()>', '</title><img data-zq src=x onerror=zq()>',
  '</script><script data-zq>zq()</script>', '</option></select><img data-zq src=x onerror=zq()>',
  '--><img data-zq src=x onerror=zq()>', ']]><img data-zq src=x onerror=zq()>',
  '<<img data-zq src=x onerror=zq()//<', '&lt;img data-zq src=x onerror=zq()&gt;',
  '{{constructor.constructor("zq()")()}}'
]
const X12 = PAYLOADS.filter(p => !/[*~:^]/.test(p) && p.length <= 60)

const ran = []
const { context, page, close } = await open({ expected: /status of \d+|ERR_/ })
await context.exposeFunction('zqRan', what => { ran.push(`${what} at ${page.url()}`) })
await context.addInitScript(() => {
  window.zq = () => window.zqRan('a payload')
  addEventListener('securitypolicyviolation', event =>
    window.zqRan(`the policy refused ${event.violatedDirective} ${event.blockedURI}`))
})
page.on('dialog', dialog => dialog.accept())

// what runs where nothing protects: the payloads are no blanks
const bare = await context.newPage()
await bare.route('**/bare', route => route.fulfill({ contentType: 'text/html', body: '<!doctype html><p>' }))
await bare.goto('/bare')
for (const payload of PAYLOADS) {
  await bare.evaluate(text => { document.body.appendChild(document.createRange().createContextualFragment(text)) },
    payload)
}
for (let i = 0; i < 100 && ran.length < 15; i++) await bare.waitForTimeout(100)
await bare.close()
const control = ran.splice(0).length
assert.ok(control >= 15, `${control} payloads ran on an open page`)

await signIn(page, 'omar')
await page.goto('/ask') // requests below come from a page of ours

/** What payloads made of a document, its forms with what stands in them, a form that is sent. */
await context.addInitScript(() => {
  const parsed = text => new DOMParser().parseFromString(text, 'text/html')
  const faults = html => {
    const found = parsed(html).querySelectorAll('[data-zq], script:not([src]), style, [onerror], [onload], ' +
      '[onfocus], [href^="javascript:" i], [src^="javascript:" i], [action^="javascript:" i], ' +
      '[formaction^="javascript:" i], [data^="javascript:" i]')
    return [...found].map(e => e.outerHTML.slice(0, 120))
  }
  const send = async (address, body) => {
    const answer = await fetch(address, body && { method: 'POST', body })
    const isPage = (answer.headers.get('content-type') ?? '').includes('text/html')
    const html = isPage ? await answer.text() : ''
    return { html, status: answer.status, isSaved: answer.redirected }
  }
  const formsOf = html => [...parsed(html).querySelectorAll('form[method=post]')].map(form => {
    const all = [...form.elements].filter(e => e.name && !e.disabled)
    return {
      address: form.getAttribute('action'),
      entries: [...new FormData(form)].filter(([, value]) => typeof value === 'string'),
      texts: [...new Set(all.filter(e => e.matches('textarea, input:not([type]), input:is([type=text], ' +
        '[type=search], [type=tel], [type=number], [type=date], [type=month], [type=email])')).map(e => e.name))]
    }
  })
  window.zqTools = { faults, send, formsOf }
})
await page.reload()
const reader = await context.newPage() // a page of ours makes no document from a text: its policy refuses that
await reader.goto('about:blank')
const faults = new Set()
const faultsOf = html => reader.evaluate(html => window.zqTools.faults(html), html)
const note = async (what, html) => { for (const each of await faultsOf(html)) faults.add(`${what}: ${each}`) }
assert.equal((await faultsOf('<p><img data-zq></p>')).length, 1) // it sees one
const formsAt = async path => {
  const { html } = await page.evaluate(path => window.zqTools.send(path), path)
  return reader.evaluate(html => window.zqTools.formsOf(html), html)
}

const token = await page.locator('[name=__RequestVerificationToken]').first().inputValue()
const post = async (address, fields, files = []) => {
  const answer = await page.evaluate(async ([address, fields, files]) => {
    const body = new FormData()
    for (const [name, value] of fields) body.append(name, value)
    for (const [name, file, text] of files) body.append(name, new File([text], file))
    return window.zqTools.send(address, body)
  }, [address, [['__RequestVerificationToken', token], ...fields], files])
  await note(address, answer.html)
  return answer
}
let turn = 0
const next = () => PAYLOADS[turn++ % PAYLOADS.length]

// ---- a shot in its draft, so that the form of the chart is one that can be saved
const today = new Date().toLocaleDateString('sv')
await post('/chart/draft', [['Key', crypto.randomUUID()], ['Patient', '1'], ['Who', 'Example, Pat'], ['Day', today],
  ['Edited', '1'], ['Shots[0].Drug', 'cyanocobalamin'], ['Shots[0].Dose', '1000 mcg'], ['Shots[0].Route', 'im'],
  ['Shots[0].SiteOther', 'left deltoid'], ['Shots[0].Diagnosis', 'D51.0'], ['Shots[0].Indication', 'low']])

// ---- files: their names, and what is in them
const filled = (file, words) => words.reduce((text, word, i) =>
  text.replaceAll(word, X12[(turn + i) % X12.length]), file)
for (let i = 0; i < (isLong ? X12.length : 1); i++, turn++) {
  const claims = filled(process.env.CLAIMS, ['FIELD1', 'ALAN', '1 FIRST ST', 'PEORIA', 'OAK STREET MEDICINE'])
  const paid = filled(process.env.PAID, ['EXAMPLE', 'PAT', 'PAYER 1123456789', '1 MAIN ST', 'TRACE'])
  for (const [name, text] of [['claims.837', claims], ['paid.835', paid], ['noise.txt', next()], ['cut.837',
    claims.slice(0, 400)]]) {
    await post('/files', [['key', crypto.randomUUID()]], [['files', next() + name, text]])
  }
}
// a plan that numbers its members as it likes
await post('/settings/payers', [['Name', 'Plan ' + next()], ['Number', 'ANYPLAN'], ['Kind', 'commercial'],
  ['Filing', 'CI']])
const heads = 'Last Name,First Name,DOB,Gender,Address,City,ST,Zip Code,Insurance,Member ID'
const csv = `${heads},${next().replaceAll(/[",]/g, '')}
"<img data-zq src=x onerror=zq()>","<svg data-zq onload=zq()>",02/03/1960,F,"<p data-zq hx-get=/zq hx-trigger=load>",` +
  `"<b data-zq>",IL,62701,ANYPLAN,"<i data-zq>",x\n"<u data-zq>",x,"<script data-zq>zq()</script>",F,,,,,x,y\n`
const shown = await post('/settings/import/patients', [['text', csv]])
const mark = shown.html.match(/name="mark" value="(\w+)"/)[1]
await post('/settings/import/patients/confirm', [['mark', mark]])

// ---- every text field of every form of every page
const [asked, kept] = [new Set(), new Set()]
for (const path of pages) {
  let forms = await formsAt(path)
  for (let f = 0; f < forms.length; f++) {
    for (const name of forms[f].texts) {
      const field = forms[f].address.replace(/\d+/g, 'n') + ' ' + name
      if (asked.has(field) || !forms[f].texts.includes(name)) continue
      asked.add(field)
      for (const payload of isLong ? PAYLOADS : [next()]) {
        const entries = forms[f].entries.filter(([n]) => n !== name && n !== '__RequestVerificationToken')
        const answer = await post(forms[f].address, [...entries, [name, payload]])
        if (!answer.isSaved) continue
        kept.add(field)
        // a form that was saved has a new version, or is another one now
        const fresh = await formsAt(path)
        const same = fresh.findIndex(g => g.address === forms[f].address && g.texts.includes(name))
        if (same < 0) break
        forms = fresh
        f = same
      }
    }
  }
}
// what no form shows: what scripts send, and texts of addresses
const held = pages.find(p => /^\/claims\/\d+$/.test(p))
for (const [address, ...fields] of [
  [held + '/set-aside', ['key', next()], ['reason', next()], ['until', '2099-01-01'], ['version', '1']],
  [held + '/attest', ['what', next()], ['answer', 'yes'], ['reason', next()]],
  ['/chart/fields', ['Act', 'scan'], ['Value', next()]], ['/chart/patients', ['q', next()]],
  ['/chart/drugs', ['q', next()]], ['/chart/diagnoses', ['q', next()]], ['/settings/drugs', ['q', next()]],
  ['/worklist/assign', ['list', 'cause=' + next()], ['person', '1']],
  ['/language', ['language', 'en'], ['back', next()]],
  ['/sign-in', ['name', next()], ['password', 'x'], ['back', next()]], ['/chart', ['zq' + next(), 'x']]
]) await post(address, fields)
for (const payload of isLong ? PAYLOADS : PAYLOADS.slice(26, 30)) {
  const text = encodeURIComponent(payload)
  for (const address of [`/lookup?q=${text}`, `/ask?example=${text}`, `/sign-in?back=${text}`, `/help/${text}`,
    `/${text}`, `/worklist?cause=${text}&life=${text}&moved=${text}&after=${text}`,
    `/claims/1?list=${text}&saved=${text}`,
    `/trail?act=${text}`, `/claims/1/record?fact=${text}`, `/stock/lots/1?done=${text}`, `/account?done=${text}`,
    `/chart?Drug=${text}&Dose=${text}`, `/settings/payers/1?saved=${text}`]) {
    await note(address, (await page.evaluate(address => window.zqTools.send(address), address)).html)
  }
}
assert.ok(asked.size >= 100, `${asked.size} fields`)
assert.ok(kept.size >= 25, `kept in ${[...kept].join(', ')}`)

// ---- now everything is looked at
let bearing = 0
for (const path of pages) {
  const answer = await page.goto(path).catch(error => {
    if (!error.message.includes('Download is starting')) throw error // a file is no page
  })
  if (!(answer?.headers()['content-type'] ?? '').startsWith('text/html')) continue
  await note(path, await page.content())
  if (await page.evaluate(() => /data-zq/.test(document.body.textContent) ||
    [...document.querySelectorAll('input, textarea')].some(e => /data-zq/.test(e.value)))) bearing++
}
await page.goto('/chart/blank') // a list that a script puts into the page
await page.locator('#who').pressSequentially('<')
await page.locator('#who-list [data-act]').first().waitFor()
await page.waitForTimeout(200)
await note('a list under a field', await page.content())
assert.ok(bearing >= 12, `${bearing} pages showed a payload`)
assert.deepEqual([...faults], [])
assert.deepEqual([...new Set(ran)], [])
await close()
console.log(`${asked.size} fields (${kept.size} kept), ${PAYLOADS.length} payloads, ${control} of them run on an ` +
  `open page; ${pages.length} pages opened, ${bearing} of them show one: none ran`)
