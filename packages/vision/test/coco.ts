import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const data = process.env['QUALM_TEST_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));

/** The photographs of COCO val2017 and their annotations. */
export const coco = join(data, 'coco-val2017');

export const skipsCoco = !existsSync(coco);
if (skipsCoco) console.warn(`skipped: photographs of COCO val2017 are not in ${coco}; set QUALM_TEST_DATA`);
