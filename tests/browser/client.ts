// A program in TypeScript, with types made of the OpenAPI document: it charts a visit, and sends its claim.
import createClient from 'openapi-fetch'
import type { paths, components } from './api.js'

declare const process: { env: Record<string, string>, exit(code: number): never }

const client = createClient<paths>({
  baseUrl: process.env.DELTOID_URL,
  headers: { Authorization: `Bearer ${process.env.DELTOID_TOKEN}` },
})
const header = (key: string) => ({ 'Idempotency-Key': key })
const encounter = JSON.parse(process.env.DELTOID_ENCOUNTER) as components['schemas']['EncounterCharted']

function must<T>(answer: { data?: T, error?: components['schemas']['Problem'], response: Response }): T {
  if (answer.data !== undefined) return answer.data
  const findings = answer.error?.findings.map(one => `${one.box ?? ''} ${one.pointer}: ${one.message}`)
  throw new Error(`${answer.response.status} ${answer.error?.detail} ${findings?.join('; ')}`)
}

const coded = must(await client.POST('/api/v1/code', { body: { serviceDate: '2026-03-02', diagnoses: ['D51.0'] } }))
if (!('lines' in coded) || coded.lines.length !== 0) throw new Error('nothing was given, and nothing is billed')

const refused = await client.POST('/api/v1/encounters', {
  params: { header: header('first') }, body: { ...encounter, patientId: 999 },
})
if (refused.error?.findings[0]?.pointer !== '/patientId') throw new Error('the problem names no place')

const claim = must(await client.POST('/api/v1/encounters', { params: { header: header('second') }, body: encounter }))
const again = must(await client.POST('/api/v1/encounters', { params: { header: header('second') }, body: encounter }))
if (claim.id !== again.id || claim.state !== 'ready') throw new Error('it is not one clean claim')

const changed = must(await client.PATCH('/api/v1/claims/{id}', {
  params: { path: { id: claim.id }, header: { ...header('third'), 'If-Match': `"${claim.version}"` } },
  body: { fields: { authorization: 'A-1' } },
}))
if (changed.fields.authorization !== 'A-1') throw new Error('the field is not changed')

const job = must(await client.POST('/api/v1/claims/send', {
  params: { header: header('fourth') }, body: { claims: [claim.id] },
}))
const list = must(await client.GET('/api/v1/claims', { params: { query: { state: 'sent', limit: 10 } } }))
console.log(job.kind, list.claims.length, list.next)
