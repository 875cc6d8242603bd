import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { secureHeaders } from 'hono/secure-headers';
import { mostChangeBytes, readChanges } from '../kept/kept-kind.ts';
import { thumbnailAddress } from '../served-thumbnail.ts';
import type { ThumbnailTimes } from '../served-thumbnail.ts';
import type { KeptFile } from './kept-file.ts';

/** A picture as a server gives it. */
export interface ServedPicture {
  readonly body: Uint8Array | ReadableStream<Uint8Array>;
  /** Such as `image/jpeg`. */
  readonly type: string;
}

export interface ReportAppOptions {
  readonly html: string;
  /** How many cells it has. */
  readonly count: number;
  /** Without it, a request gets nothing. */
  readonly token: string;
  /** The names under which the server may be asked, such as `127.0.0.1:8123`: no other site can
   * pretend to be it.
   */
  readonly hosts: readonly string[];
  /** What people say: each file is an address of its kind's name. */
  readonly kept: readonly KeptFile<unknown, object>[];
  /** Null where there is none. */
  readonly thumbnail: (place: number, signal: AbortSignal, times: ThumbnailTimes) => Promise<ServedPicture | null>;
  readonly image: (place: number, signal: AbortSignal) => Promise<ServedPicture | null>;
}

/** The routes of a report: the page, its pictures, and what people say of it. */
export function createReportApp({ html, count, token, hosts, kept, thumbnail, image }: ReportAppOptions): Hono {
  const app = new Hono();
  // One for each port: browsers send cookies of a host to all of its ports.
  const cookie = `qualm-${hosts[0]!.split(':').at(-1)}`;
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
  for (const file of kept) addKept(app, file);
  const give = async (
    context: Context,
    open: (place: number, signal: AbortSignal) => Promise<ServedPicture | null>,
  ) => {
    const place = Number(context.req.param('place'));
    const found = place < count ? await open(place, context.req.raw.signal).catch(() => null) : null;
    if (!found) return context.text('No picture.', 404);
    return context.body(found.body as Uint8Array<ArrayBuffer>, 200, {
      'content-type': found.type,
      'cache-control': 'private, max-age=3600',
      // An SVG is a document too: it must not run.
      'content-security-policy': "default-src 'none'; sandbox",
    });
  };
  app.get('/image/:place{[0-9]+}', (context) => give(context, image));
  for (const times of [1, 2, 4] as const)
    app.get(`/${thumbnailAddress(':place{[0-9]+}', times)}`, (context) =>
      give(context, (place, signal) => thumbnail(place, signal, times)),
    );
  return app;
}

function addKept(app: Hono, { kind, all, change, isKnown }: KeptFile<unknown, object>): void {
  app.get(`/${kind.name}`, (context) => context.json(Object.fromEntries(all)));
  app.put(`/${kind.name}`, bodyLimit({ maxSize: mostChangeBytes }), async (context) => {
    const changes = readChanges(kind, await context.req.json<unknown>().catch(() => null));
    if (!changes) return context.text(`The request does not change ${kind.name}.`, 400);
    // All of them or none.
    if (!changes.every(({ id }) => isKnown(id))) return context.text('No such cell.', 404);
    try {
      const changed = await change(changes);
      return context.json(changed, changed.some(({ isBehind }) => isBehind) ? 409 : 200);
    } catch (error) {
      return context.text((error as Error).message, 500);
    }
  });
}

function isSame(given: string, wanted: string): boolean {
  const [one, two] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === two.length && timingSafeEqual(one, two);
}
