// One Chromium for all journeys of a run: each connects to it and gets contexts of its own. It says where it is, and
// ends with whoever started it.
import { CHROMIUM } from './browser.mjs'
import { chromium } from 'playwright-core'

const server = await chromium.launchServer(CHROMIUM)
console.log(server.wsEndpoint())
process.stdin.resume().on('end', () => server.close())
