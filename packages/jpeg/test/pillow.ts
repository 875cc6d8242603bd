import { readFileSync } from 'node:fs';

interface Encoded {
  readonly data: string;
  /** Of the RGB bytes that Pillow decodes. */
  readonly sha256: string;
}

/** What fixtures/generate.py wrote. */
export const pillow = JSON.parse(readFileSync(new URL('../fixtures/expected.json', import.meta.url), 'utf8')) as {
  readonly files: Readonly<Record<string, Encoded>>;
  readonly jpegs: readonly (Encoded & { readonly name: string; readonly width: number; readonly height: number })[];
};

export function bytesOf({ data }: Encoded): Uint8Array {
  return new Uint8Array(Buffer.from(data, 'base64'));
}

export function fixture(name: string): Uint8Array {
  return bytesOf(pillow.files[name]!);
}
