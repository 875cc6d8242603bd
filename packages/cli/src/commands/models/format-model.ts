import type { TensorInfo } from '@qualm/types';

/** One line of what a model takes or gives; ? is any size. */
export function formatTensor({ name, dtype, shape }: Omit<TensorInfo, 'dtype'> & { readonly dtype: string }): string {
  return `${name || '(no name)'}: ${dtype} [${shape.map((size) => size ?? '?').join(', ')}]`;
}

/** The first names of classes. */
export function classNames(labels: readonly { readonly name: string }[]): string {
  const first = labels.slice(0, 8).map(({ name }) => name);
  return first.join(', ') + (labels.length > first.length ? ', ...' : '');
}
