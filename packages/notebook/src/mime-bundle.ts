/** One thing in several forms, of which a notebook shows the richest that it can: by MIME type;
 * pictures in base64.
 */
export type MimeBundle = Readonly<Record<string, string>>;

/** What a picture is to a page: `data:` URI for what a bundle has in base64. */
export function dataUri(type: string, base64: string): string {
  return `data:${type};base64,${base64}`;
}

const pictureTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const;

/** A bundle as HTML: its own, or its picture, or its words. All of it is escaped by whoever made
 * the bundle.
 */
export function htmlOf(bundle: MimeBundle, escape: (text: string) => string): string {
  const html = bundle['text/html'];
  if (html !== undefined) return html;
  const words = escape(bundle['text/plain'] ?? '');
  const svg = bundle['image/svg+xml'];
  if (svg !== undefined) return `<img alt="${words}" src="data:image/svg+xml,${encodeURIComponent(svg)}">`;
  for (const type of pictureTypes)
    if (bundle[type] !== undefined) return `<img alt="${words}" src="${dataUri(type, bundle[type])}">`;
  return `<pre>${words}</pre>`;
}
