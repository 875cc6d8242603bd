import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { secureHeaders } from 'hono/secure-headers';
import { mostChangeBytes, readChanges } from '../mark-change.ts';
import type { MarksFile } from './marks-file.ts';

/** A picture as a server gives it. */
export interface ServedPicture {
  readonly body: Uint8Array | ReadableStream<Uint8Array>;
  /** Such as `image/jpeg`. */
  readonly type: string;
}

export interface ReportAppOptions {
  readonly html: string;
  /** Ids of the cells, by their places. */
  readonly ids: readonly string[];
  /** Without it, a request gets nothing. */
  readonly token: string;
  /** The names under which the server may be asked, such as `127.0.0.1:8123`: no other site can
   * pretend to be it.
   */
  readonly hosts: readonly string[];
  readonly marks: MarksFile;
  /** Null where there is none. */
  readonly thumbnail: (place: number, signal: AbortSignal) => Promise<ServedPicture | null>;
  readonly image: (place: number, signal: AbortSignal) => Promise<ServedPicture | null>;
}

/** The routes of a report: the page, its pictures, and its marks. */
export function createReportApp({ html, ids, token, hosts, marks, thumbnail, image }: ReportAppOptions): Hono {
  const app = new Hono();
  // One for each port: browsers send cookies of a host to all of its ports.
  const cookie = `qualm-${hosts[0]!.split(':').at(-1)}`;
  const known = new Set(ids);
  app.use(secureHeaders({ referrerPolicy: 'no-referrer', xFrameOptions: 'DENY', strictTransportSecurity: false }));
  app.use(async (context, next) => {
    if (!hosts.includes(context.req.header('host') ?? '')) return context.text('Not this host.', 421);
    const origin = context.req.header('origin');
    if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`))
      return context.text('Not from there.', 403);
    const given = context.req.query('token');
    if (given !== undefined && context.req.path === '/' && isSame(given, token)) {
      setCookie(context, cookie, token, { httpOnly: true, sameSite: 'Strict', path: '/' });
      // Out of the address, and of what is copied from it.
      return context.redirect('/');
    }
    if (!isSame(getCookie(context, cookie) ?? '', token))
      return context.text('Open the address that qualm serve printed, with its token.', 401);
    await next();
  });
  app.get('/', (context) => context.html(html));
  app.get('/marks', (context) => context.json(Object.fromEntries(marks.all)));
  app.put('/marks', bodyLimit({ maxSize: mostChangeBytes }), async (context) => {
    const changes = readChanges(await context.req.json<unknown>().catch(() => null));
    if (!changes) return context.text('The request does not change marks.', 400);
    // All of them or none.
    if (!changes.every(({ id }) => known.has(id))) return context.text('No such cell.', 404);
    try {
      const changed = await marks.change(changes);
      return context.json(changed, changed.some(({ isBehind }) => isBehind) ? 409 : 200);
    } catch (error) {
      return context.text((error as Error).message, 500);
    }
  });
  for (const [name, open] of Object.entries({ thumbnail, image }))
    app.get(`/${name}/:place{[0-9]+}`, async (context) => {
      const place = Number(context.req.param('place'));
      const found = place < ids.length ? await open(place, context.req.raw.signal).catch(() => null) : null;
      if (!found) return context.text('No picture.', 404);
      return context.body(found.body as Uint8Array<ArrayBuffer>, 200, {
        'content-type': found.type,
        'cache-control': 'private, max-age=3600',
        // An SVG is a document too: it must not run.
        'content-security-policy': "default-src 'none'; sandbox",
      });
    });
  return app;
}

function isSame(given: string, wanted: string): boolean {
  const [one, two] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === two.length && timingSafeEqual(one, two);
}
