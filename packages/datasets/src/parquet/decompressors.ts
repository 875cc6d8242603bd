import type { Compressors, FileMetaData } from 'hyparquet';

const builtIn = new Set<string>(['UNCOMPRESSED', 'SNAPPY']);

/** What a file's pages need beside hyparquet itself, loaded only then: the package compiles
 * WebAssembly on import.
 * @throws RangeError for a codec that nothing here reads.
 */
export async function decompressors({ row_groups }: FileMetaData): Promise<Compressors> {
  const codecs = new Set(
    row_groups.flatMap(({ columns }) => columns.flatMap(({ meta_data }) => meta_data?.codec ?? [])),
  );
  const others = [...codecs].filter((codec) => !builtIn.has(codec));
  if (others.length === 0) return {};
  const { compressors } = await import('hyparquet-compressors');
  const unknown = others.find((codec) => !(codec in compressors));
  if (unknown) throw new RangeError(`its compression is ${unknown}; write it with zstd, gzip, brotli, lz4 or snappy`);
  return compressors;
}
