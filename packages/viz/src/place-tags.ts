import { assertArray } from '@qualm/types';
import type { Size } from '@qualm/types';
import { anchorPart, keepInside } from './anchor-rect.ts';
import { assertSize } from './assert-picture.ts';
import type { Anchor } from './style.ts';
import type { Rect } from './view.ts';

/** A tag that wants a place: its own size, and what it belongs to. */
export interface TagRequest {
  readonly size: Size;
  readonly target: Rect;
  readonly anchor: Anchor;
}

/** No picture has room for more tags; those after that take their first choice, free or not. */
const mostSearched = 300;

const fallbacks: readonly Anchor[] = ['top-left', 'top-right', 'bottom-left', 'bottom-right'];

/** A place inside the frame for each tag, in the order of the requests: the first free one of those
 * around its target, else the nearest free one above or below, else the one that covers least. The
 * first request has the first choice. Where there is too little room for all, some cover others.
 * @param taken places that are gone already.
 * @throws RangeError for requests that are not a list, and a frame without a size.
 * @example placeTags([{ size: { width: 40, height: 10 }, target: { x: 20, y: 30, width: 60, height: 40 }, anchor: 'top-left' }], { width: 200, height: 100 }) // [{ x: 20, y: 20, width: 40, height: 10 }]
 */
export function placeTags(requests: readonly TagRequest[], frame: Size, taken: readonly Rect[] = []): Rect[] {
  assertArray('placeTags', 'its requests', requests, 'an array of tags with size, target and anchor');
  assertSize('placeTags', frame);
  assertArray('placeTags', 'taken', taken, 'an array of rectangles');
  const placed = [...taken];
  for (const request of requests) placed.push(placeTag(request, frame, placed));
  return placed.slice(taken.length);
}

function placeTag(request: TagRequest, frame: Size, placed: readonly Rect[]): Rect {
  let best: Rect | undefined;
  let least = Infinity;
  for (const candidate of candidates(request, frame)) {
    const covered = coveredArea(candidate, placed, least);
    if (covered < least) [best, least] = [candidate, covered];
    if (least === 0 || placed.length >= mostSearched) break;
  }
  return best!;
}

/** How much of the places a candidate covers; no more is counted once that reaches `enough`. */
function coveredArea(candidate: Rect, placed: readonly Rect[], enough: number): number {
  let sum = 0;
  for (const other of placed) {
    sum += sharedArea(candidate, other);
    if (sum >= enough) break;
  }
  return sum;
}

function* candidates(request: TagRequest, frame: Size): Generator<Rect> {
  const { size, target, anchor } = request;
  const isRoomy = target.height >= 2.5 * size.height && target.width >= size.width;
  const anchors = [anchor, ...fallbacks.filter((other) => other !== anchor)];
  const [outside, inside] = [anchors.map((at) => outsideAt(at, request)), anchors.map((at) => insideAt(at, request))];
  const order = isRoomy ? outside.flatMap((rect, index) => [rect, inside[index]!]) : [...outside, ...inside];
  for (const rect of order) {
    const moved = keepInside(rect, frame);
    if (Math.abs(moved.y - rect.y) < 1) yield moved;
  }
  const home = keepInside(outside[0]!, frame);
  yield home;
  for (let step = 1; step <= 8; step++) {
    yield keepInside({ ...home, y: home.y - step * size.height }, frame);
    yield keepInside({ ...home, y: home.y + step * size.height }, frame);
  }
}

function insideAt(anchor: Anchor, { size, target }: TagRequest): Rect {
  const [partX, partY] = anchorPart(anchor);
  const x = target.x + partX * (target.width - size.width);
  const y = target.y + partY * (target.height - size.height);
  return { x, y, ...size };
}

/** Flush with the target's side, over its top or under its bottom; beside it for `left` and
 * `right`.
 */
function outsideAt(anchor: Anchor, request: TagRequest): Rect {
  const inside = insideAt(anchor, request);
  const { size, target } = request;
  if (anchor.startsWith('top')) return { ...inside, y: target.y - size.height };
  if (anchor.startsWith('bottom')) return { ...inside, y: target.y + target.height };
  if (anchor === 'left') return { ...inside, x: target.x - size.width };
  if (anchor === 'right') return { ...inside, x: target.x + target.width };
  return inside;
}

function sharedArea(first: Rect, second: Rect): number {
  const width = Math.min(first.x + first.width, second.x + second.width) - Math.max(first.x, second.x);
  const height = Math.min(first.y + first.height, second.y + second.height) - Math.max(first.y, second.y);
  return width > 0.01 && height > 0.01 ? width * height : 0;
}
