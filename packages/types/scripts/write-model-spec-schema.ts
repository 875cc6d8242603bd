import { writeFileSync } from 'node:fs';
import { modelSpecSchema } from '../src/model-spec-schema.ts';

const file = new URL('../model-spec.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(modelSpecSchema, null, 2)}\n`);
