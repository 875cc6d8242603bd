import { writeFileSync } from 'node:fs';
import { modelSpecSchemaOf } from '@qualm/types/model-spec-schema';
import { heads } from '../src/heads/heads.ts';

const file = new URL('../../types/model-spec.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(modelSpecSchemaOf(heads), null, 2)}\n`);
