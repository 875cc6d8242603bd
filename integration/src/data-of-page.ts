/** What a report's page holds, out of its HTML. */
export function dataOfPage(html: string): unknown {
  const parts = html.matchAll(/<script type="application\/json"[^>]*>(.*?)<\/script>/gs);
  return JSON.parse([...parts].map(([, part]) => part).join(''));
}
