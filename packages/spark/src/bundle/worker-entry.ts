import type { BundlePlatform } from './bundle.ts';

/** The module that a bundle runs. Another platform's Node would fail at the first library, with
 * words about a file.
 */
export function workerEntry(platform: BundlePlatform): string {
  return `const [wanted, found] = ['${platform}', \`\${process.platform}-\${process.arch}\`];
if (found !== wanted) {
  process.stderr.write(\`qualm-worker: this bundle is for \${wanted}, this machine is \${found}; make one with qualm bundle --platform \${found}\\n\`);
  process.exit(126);
}
await import('./node_modules/@qualm/worker/dist/program/main.js');
`;
}
