import { join } from 'node:path';
import { pythonEnvironment } from '../../integration/src/python-environment.ts';
import type { Contender } from './contender.ts';
import { pythonScript } from './python.ts';
import { oneProcess, shares } from './qualm.ts';
import { onSpark } from './spark.ts';

/** Who takes part; the others are compared with the first. To add one, write its `Contender` and
 * put it here. */
export async function contenders(): Promise<Contender[]> {
  const python = await pythonEnvironment(join(import.meta.dirname, '../python/many-machines.txt'));
  return [
    oneProcess,
    shares(2),
    onSpark(1),
    onSpark(2),
    pythonScript('Daft', 'with_daft.py', python, 2),
    pythonScript('Ray Data', 'with_ray.py', python, 2),
  ];
}
