// J12: the red claim of J3 by keyboard and by what a screen reader is given, nothing else: the accessibility tree of
// the browser. How many problems there are is announced politely; names hold the labels that are seen.
import assert from 'node:assert/strict'
import { accessible, atKeyboard, open, signIn } from './browser.mjs'

const { page, context, close } = await open()
await signIn(page, 'bea')
const tree = await context.newCDPSession(page)
const reads = 20 // characters that are listened to in a second
let heard = 0

/** What the browser gives to a screen reader. */
async function spoken () {
  const { nodes } = await tree.send('Accessibility.getFullAXTree')
  const byId = new Map(nodes.map(node => [node.nodeId, node]))
  const textOf = node => node.role?.value === 'StaticText' ? node.name.value
    : (node.childIds ?? []).map(id => byId.get(id)).filter(Boolean).map(textOf).join(' ')
  const given = nodes.filter(node => !node.ignored).map(node => ({
    role: node.role?.value, name: node.name?.value ?? '', description: node.description?.value ?? '',
    text: textOf(node).replace(/\s+/g, ' ').trim(),
    ...Object.fromEntries((node.properties ?? []).map(p => [p.name, p.value.value]))
  }))
  return {
    all: given, focused: given.filter(node => node.focused && node.role !== 'RootWebArea').at(-1) ?? {},
    status: given.filter(node => node.role === 'status' && node.text)
  }
}

/** Waits until what is spoken fits; it is listened to once. */
async function hears (what, fits) {
  for (let tries = 0; tries < 100; tries++) {
    const now = await spoken()
    const found = fits(now)
    if (found) {
      heard += (found.text || found.name || '').length + (found.description || '').length
      return found
    }
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  const now = await spoken()
  assert.fail(`${what}: the focus is on ${JSON.stringify(now.focused)}, status ${JSON.stringify(now.status)}`)
}
const says = pattern => hears(String(pattern), ({ status }) => status.find(node => pattern.test(node.text)))
const isOn = (role, name) => hears(`${role} ${name}`, ({ focused }) =>
  focused.role === role && name.test(focused.name) && focused)

const hand = atKeyboard(page)
await isOn('link', /^C\d{6}$/)
await hand.press('Enter')
const live = await says(/^2 problems, first: .*99202 beside 96372/)
assert.equal(live.live, 'polite')
const first = await isOn('textbox', /^Line 1, Modifiers$/)
assert.equal(first.invalid, 'true')
assert.match(first.description, /99202/) // the field itself says what is wrong with it
await hand.press('Alt+.')
await isOn('button', /^Yes, apply/)
const asked = await hears('the question', ({ all }) => all.find(node => /Is this in the record\?/.test(node.text) &&
  node.text.length < 200))
assert.match(asked.text, /99202-25/)
await hand.press('y')
await says(/^1 problem: .*J1885/)
await isOn('textbox', /^Line 1, Modifiers$/)
assert.equal((await spoken()).focused.invalid, 'false')
await hand.press('F8')
await isOn('textbox', /^Line 3, Units$/)
await hand.press('Alt+.')
await isOn('button', /^Apply/)
await hand.press('Enter')
await says(/^No problems\. The claim is clean\.$/)

// what is seen on a control is in its name, so that it can be called by voice
const labels = await page.evaluate(async () => [...document.querySelectorAll('button, a, summary')].filter(one =>
  one.hasAttribute('aria-label') && one.offsetParent && /[a-z]{2}/i.test(one.innerText) &&
  !one.getAttribute('aria-label').includes(one.innerText.trim())).map(one => one.outerHTML))
assert.deepEqual(labels, [])
const nameless = (await spoken()).all.filter(node =>
  /^(button|link|textbox|combobox|checkbox)$/.test(node.role) && !node.name.trim())
assert.deepEqual(nameless, [])
await accessible(page)
await hand.press('Control+Enter')
await hears('the claim is sent', ({ all }) => all.find(node => /^sent · /.test(node.text) && node.text.length < 200))
const { keys, seconds, program } = hand.took()
const total = seconds + heard / reads
console.log(`spoken-claim: ${keys} keys, ${heard} characters heard, ${total.toFixed(1)} s, ` +
  `the program ${program.toFixed(1)} s`)
assert.ok(total <= 60, `${total} s`)
await close()
