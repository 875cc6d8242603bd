import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { writeMeanColour } from '@qualm/testkit';
import * as vision from '@qualm/vision';
import sharp from 'sharp';
import { createSqlSession } from '../src/index.ts';
import type { SqlSession, SqlSessionOptions, SqlValue } from '../src/index.ts';

export type Row = Readonly<Record<string, SqlValue>>;

/** A folder with the toy model `toy.json`, and `images` small pictures in `images`, the last one of
 * which is broken.
 */
export async function writeToyFolder(images: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-sql-'));
  const { spec } = await writeMeanColour(folder);
  await writeFile(join(folder, 'toy.json'), JSON.stringify(spec));
  for (let i = 0; i < images; i++) await writeFile(join(folder, `${String(i).padStart(3, '0')}.png`), await picture(i));
  return folder;
}

/** A picture of one colour, another for each number. */
export async function picture(i: number): Promise<Buffer> {
  const background = { r: (37 * i) % 256, g: (91 * i) % 256, b: (153 * i) % 256 };
  return sharp({ create: { width: 8, height: 6, channels: 3, background } })
    .png()
    .toBuffer();
}

export const backends = { onnx: createOnnxBackend({ device: 'cpu', sessions: 2, threads: 1 }) };

/** A session in that folder. */
export function toySession(cwd: string, options: SqlSessionOptions = {}): Promise<SqlSession> {
  return createSqlSession({ backends, vision, cwd, ...options });
}

/** All rows of a statement. */
export async function rowsOf(session: SqlSession, text: string, parameters?: readonly SqlValue[]): Promise<Row[]> {
  return [...(await (await session.sql(text, parameters)).rows())];
}

/** What a statement predicted, took from the cache, and failed on. */
export async function countsOf(session: SqlSession, text: string): Promise<readonly [number, number, number]> {
  const result = await session.sql(text);
  await result.rows();
  const { predicted, cached, failed } = result.progress;
  return [predicted, cached, failed];
}

/** The error of a statement, and of reading its rows. */
export async function errorOf(session: SqlSession, text: string, parameters?: readonly SqlValue[]): Promise<Error> {
  try {
    await rowsOf(session, text, parameters);
  } catch (error) {
    return error as Error;
  }
  throw new Error(`no error: ${text}`);
}
