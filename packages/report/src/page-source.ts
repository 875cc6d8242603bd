import { readFileSync } from 'node:fs';
import { fileLeftBehind } from '@qualm/types';

/** What every page of ours has near its beginning, until its script knows better. */
export const documentTitle = '<title>qualm report</title>';

export interface PageParts {
  readonly policy: string;
  readonly style: string;
  readonly script: string;
  readonly json: string;
}

/** The page's script, as `npm run bundle` makes it, its style, and the document around them.
 * @throws QualmError `io` where a bundler left the files behind.
 */
export function pageSource(): {
  readonly script: string;
  readonly style: string;
  readonly template: (parts: PageParts) => string;
} {
  return {
    script: readBeside(new URL('../dist/page.js', import.meta.url)),
    style: readBeside(new URL('../page.css', import.meta.url)),
    template: document,
  };
}

function readBeside(place: URL): string {
  try {
    return readFileSync(place, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw fileLeftBehind('io', { where: 'report', file: "a file of the report's page", place }, { cause });
  }
}

function document({ policy, style, script, json }: PageParts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<meta name="referrer" content="no-referrer">
${documentTitle}
<style>${style}</style>
</head>
<body>
<noscript>This report is drawn by its own script, which this browser does not run.</noscript>
${dataScripts(json)}
<script>${script}</script>
</body>
</html>
`;
}

/** Characters of a script of data. WebKit, and so Safari, takes time by the square of a script's
 * length: seven seconds for thirteen million.
 */
const partLength = 0x4_0000;

/** Data as scripts, of which the page joins the texts. */
export function dataScripts(json: string): string {
  const parts: string[] = [];
  for (let start = 0; start < json.length || start === 0;) {
    let end = start + partLength;
    // Half of a character is none in a file.
    if (isHighSurrogate(json.charCodeAt(end - 1))) end++;
    parts.push(json.slice(start, end));
    start = end;
  }
  return parts
    .map((part, at) => `<script type="application/json"${at === 0 ? ' id="data"' : ''}>${part}</script>`)
    .join('\n');
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
