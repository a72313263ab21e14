// The negative twins of what people do in the worklist and the claim editor: a role that may not, a session that has
// ended, a database that is away, a slow network, a screen at 400 %. Each row is an act under one of them; what was
// not done has changed nothing, and what was done has been done once.
import assert from 'node:assert/strict'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { accessible, focused, open, signIn } from './browser.mjs'

const rows = process.env.ROWS.split(' ').map(row => row.split(':')) // act:twin
const expected = /status of (401|403|422|503)|Status Error Code (401|403|503)|htmx:|ERR_/
const field = (page, name) => page.locator(`[id="${name}"]`)
const fresh = () => 'T-' + Date.now()

/** A page; what was away may need a moment to be back. */
async function shown (page, address) {
  for (let tries = 0; (await page.goto(address)).status() === 503 && tries < 40; tries++) await page.waitForTimeout(250)
}

/** From the list to its first claim, by keyboard. */
async function opened (page, list) {
  await shown(page, list)
  await focused(page, '#claims a')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/claims/*')
  await page.locator('#claim').waitFor()
}

// what a person does: how to get there, the keys, what says that it was done, and what is refused to others
const acts = {
  assign: {
    there: async page => { await shown(page, '/worklist?owner=0'); await focused(page, '#claims a') },
    keys: async page => {
      await page.keyboard.press('a')
      await page.locator('#assign[open]').waitFor()
      await page.keyboard.press('Control+Enter')
    },
    done: '.moved', refused: '/worklist/assign', names: /^Assign/
  },
  fix: {
    there: async page => {
      await shown(page, '/worklist?life=Held')
      await focused(page, '#claims a')
      await page.keyboard.press('x')
      await page.keyboard.press('Alt+.')
      await page.locator('.preview').first().waitFor()
    },
    keys: page => page.keyboard.press('Control+Enter'),
    done: '#done', refused: '/worklist/fix/apply', names: /^Fix/, before: '/worklist?life=Held'
  },
  save: {
    there: page => opened(page, '/worklist?life=Held'),
    keys: async page => {
      await field(page, 'authorization').fill(fresh())
      await page.keyboard.press('Control+s')
    },
    done: '#saved', again: 'Control+s', refused: 'claim', names: /^Save/
  },
  ask: {
    there: page => opened(page, '/worklist?life=Held'),
    keys: async page => {
      await page.locator('#task-text').fill(fresh())
      await page.keyboard.press('Enter')
    },
    done: '#tasks li', again: 'Enter', refused: 'claim/tasks', names: /^Ask$/
  },
  send: {
    there: page => opened(page, '/worklist?life=Ready'),
    keys: page => page.keyboard.press('Control+Enter'),
    done: '#life', isElsewhere: true, refused: '/claims/send', names: /^(Save and send|Send)/
  }
}

/** The keys, and that they did it; a claim that was sent is followed by the next one of the list. */
async function doIt (act, page, again) {
  const before = page.url()
  await act.keys(page)
  if (again) await page.keyboard.press(again).catch(() => {})
  if (act.isElsewhere) await page.waitForURL(url => url.pathname !== new URL(before).pathname)
  await page.locator(act.done).first().waitFor()
}

const twins = {
  role: async (act, page) => {
    await page.goto(act.before ?? '/worklist')
    if (/claim/.test(act.refused)) await opened(page, '/worklist?life=Held')
    await page.locator('main').waitFor()
    assert.equal(await page.getByRole('button', { name: act.names }).count(), 0)
    await accessible(page)
    const to = act.refused.replace(/^claim/, new URL(page.url()).pathname)
    assert.equal(await page.evaluate(async to => {
      const body = new FormData()
      body.append('__RequestVerificationToken', document.querySelector('[name=__RequestVerificationToken]').value)
      return new URL((await fetch(to, { method: 'POST', body })).url).pathname
    }, to), '/nothing')
  },
  session: async (act, page, context) => {
    await act.there(page)
    await page.waitForLoadState('networkidle') // an answer on its way would bring the session back
    await context.clearCookies({ name: 'deltoid-session' })
    await act.keys(page)
    await page.locator('#unsaved:has-text("signed out"), #wire:has-text("signed out"), #password').first().waitFor()
    await accessible(page)
  },
  down: async (act, page) => {
    await act.there(page)
    writeFileSync(process.env.SWITCH, 'off')
    while (!existsSync(process.env.SWITCH + '.is')) await page.waitForTimeout(20)
    await act.keys(page)
    await page.locator('#unsaved:has-text("No connection"), main [role=alert]:has-text("database is away")').first()
      .waitFor()
    await accessible(page)
    rmSync(process.env.SWITCH)
    while (existsSync(process.env.SWITCH + '.is')) await page.waitForTimeout(20)
    await act.there(page) // and now it can be done
    await doIt(act, page)
  },
  slow: async (act, page, context) => {
    await act.there(page)
    const wire = await context.newCDPSession(page)
    await wire.send('Network.emulateNetworkConditions', { offline: false, latency: 400,
      downloadThroughput: 50_000, uploadThroughput: 50_000 })
    let posts = 0
    page.on('request', request => {
      if (request.method() === 'POST' && request.isNavigationRequest()) posts++
    })
    await doIt(act, page, act.again ?? 'Control+Enter') // the second press is of somebody impatient
    assert.equal(posts, 1)
  },
  zoom: async (act, page) => {
    await page.setViewportSize({ width: 320, height: 256 }) // 1280 × 1024 at 400 %
    await act.there(page)
    await doIt(act, page)
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), 'the page scrolls sideways')
    await accessible(page)
  }
}

for (const [name, twin] of rows) {
  const began = Date.now()
  const { context, page, close } = await open({ expected })
  page.on('dialog', dialog => dialog.accept()) // leaving with unsaved texts is asked about
  try {
    await signIn(page, twin === 'role' ? 'ada' : 'bea')
    await twins[twin](acts[name], page, context)
  } catch (error) {
    throw new Error(`${name} with ${twin} at ${page.url()}: ${error.message}`)
  }
  await close()
  console.log(`twins: ${name} with ${twin}, ${((Date.now() - began) / 1000).toFixed(1)} s`)
}
