import type { MlflowRegistry } from '@qualm/registry-mlflow';
import { printableLines } from '@qualm/types';
import type { Terminal } from '../terminal/terminal.ts';

export interface RegistryPlace {
  readonly trackingUri?: string | undefined;
}

/** What `use` gives of the registry that options and environment name; its connections are closed
 * whatever happens.
 */
export async function withRegistry<Result>(
  { trackingUri }: RegistryPlace,
  { env, cwd, stderr }: Pick<Terminal, 'env' | 'cwd' | 'stderr'>,
  use: (registry: MlflowRegistry) => Promise<Result>,
): Promise<Result> {
  const { createMlflowRegistry, fromEnv } = await import('@qualm/registry-mlflow');
  const registry = createMlflowRegistry({
    ...fromEnv(env),
    ...(trackingUri !== undefined && { trackingUri }),
    cwd,
    onWait: ({ seconds, reason }) =>
      stderr.write(`warning: MLflow: ${printableLines(reason)}; trying again in ${Math.ceil(seconds)} s\n`),
  });
  try {
    return await use(registry);
  } finally {
    await registry.dispose();
  }
}
