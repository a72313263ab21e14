// The page of the API comes wholly from this server, and runs under its policy.
import assert from 'node:assert/strict'
import { open } from './browser.mjs'

const { page, close } = await open()
const asked = []
page.on('request', request => asked.push(request.url()))
await page.goto('/api', { timeout: 120000 })
await page.getByText('Code a documented visit').first().waitFor()
const elsewhere = asked.filter(url => !url.startsWith(process.env.DELTOID_URL) && /^https?:/.test(url))
assert.deepEqual(elsewhere, [])
await close()
