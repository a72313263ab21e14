// The client that is made of the OpenAPI document compiles, and does its work.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const bin = name => join('node_modules', '.bin', name)
mkdirSync('made', { recursive: true })
const folder = mkdtempSync(join('made', 'client-'))
try {
  const document = await (await fetch(`${process.env.DELTOID_URL}/api/v1/openapi.json`)).text()
  writeFileSync(join(folder, 'openapi.json'), document)
  execFileSync(bin('openapi-typescript'), [join(folder, 'openapi.json'), '-o', join(folder, 'api.d.ts')],
    { stdio: ['ignore', 'ignore', 'inherit'] })
  copyFileSync('client.ts', join(folder, 'client.ts'))
  execFileSync(bin('tsc'), ['--strict', '--target', 'es2022', '--module', 'nodenext', '--lib', 'es2022,dom',
    '--skipLibCheck', 'false', join(folder, 'client.ts')], { stdio: 'inherit' })
  await import(pathToFileURL(join(folder, 'client.js')))
} finally {
  rmSync(folder, { recursive: true })
}
