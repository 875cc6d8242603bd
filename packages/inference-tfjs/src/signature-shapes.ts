import type { io } from '@tensorflow/tfjs-core';
import { nodeOf } from './graph-topology.ts';

interface SignatureEntry {
  readonly name?: string;
  readonly tensorShape?: {
    readonly unknownRank?: boolean;
    readonly dim?: readonly { readonly size: string | number }[];
  };
}

/** Shapes of a graph model's outputs by node, as its signature says them: TF.js itself looks at
 * those of inputs only.
 */
export function signatureShapes({ signature }: io.ModelArtifacts): ReadonlyMap<string, readonly number[]> {
  const { outputs = {} } = (signature ?? {}) as { outputs?: Readonly<Record<string, SignatureEntry>> };
  const known = Object.entries(outputs).filter(
    ([, { tensorShape }]) => tensorShape !== undefined && !tensorShape.unknownRank,
  );
  return new Map(
    known.map(([key, { name = key, tensorShape }]) => [
      nodeOf(name),
      (tensorShape?.dim ?? []).map(({ size }) => Number(size)),
    ]),
  );
}
