import { cocoName } from '../../examples/coco-name.ts';
import { createSqlSession } from '@qualm/sql';
import type { SqlSession } from '@qualm/sql';
import type { Backends, ModelRegistry } from '@qualm/types';
import * as vision from '@qualm/vision';
import { samplingStatements } from './sampling-statements.ts';

/** A session of Spark's dialect with the models of a registry, the photographs of a folder, and
 * `least_margin`.
 */
export async function samplingSession(
  backends: Backends,
  registry: ModelRegistry,
  photographs: string,
): Promise<SqlSession> {
  const { models, leastMargin } = await samplingStatements();
  const functions = { coco_name: cocoName };
  const session = await createSqlSession({
    ...{ backends, vision, functions, dialect: 'spark' as const, registries: { mlflow: registry } },
  });
  for (const model of models) await session.sql(model);
  const from = `read_images('${photographs.replaceAll("'", "\\'")}')`;
  await session.sql(`CREATE OR REPLACE TEMPORARY VIEW coco_1k AS SELECT image_id, image FROM ${from}`);
  await session.sql(leastMargin);
  return session;
}
