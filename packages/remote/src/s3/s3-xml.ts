/** One page of what ListObjectsV2 answers. */
export interface ListedPage {
  readonly keys: readonly string[];
  /** What the next page is asked for with; null after the last. */
  readonly next: string | null;
}

/** @throws Error for what is no such answer. */
export function parseListing(xml: string): ListedPage {
  if (!/<ListBucketResult[\s>]/.test(xml)) throw new Error('it is no list of objects');
  const isEncoded = /<EncodingType>url<\/EncodingType>/i.test(xml);
  const decode = (text: string): string => (isEncoded ? decodeURIComponent(text.replaceAll('+', '%20')) : text);
  const contents = xml.match(/<Contents>[^]*?<\/Contents>/g) ?? [];
  const keys = contents.map((content) => decode(elementOf(content, 'Key') ?? ''));
  const isTruncated = elementOf(xml, 'IsTruncated') === 'true';
  return { keys, next: isTruncated ? elementOf(xml, 'NextContinuationToken') : null };
}

/** The text of the first such element; null where there is none. */
export function elementOf(xml: string, name: string): string | null {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml);
  return found ? unescaped(found[1]!) : null;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replaceAll(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (_, hex, decimal, name) => {
    if (name) return entities[String(name).toLowerCase()]!;
    return String.fromCodePoint(hex ? Number.parseInt(String(hex), 16) : Number(decimal));
  });
}
