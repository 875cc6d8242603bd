import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { debianProgram } from './debian-package.ts';
import { freePort } from './mlflow-server.ts';

/** A browser other than Chromium, as W3C's WebDriver knows it (https://www.w3.org/TR/webdriver2):
 * Playwright drives only browsers of its own making. It runs scripts past the page's policy.
 */
export interface DrivenBrowser {
  /** Loads an address, and waits for that. */
  open(url: string): Promise<void>;
  /** What an expression is worth in the page. */
  value<Value>(expression: string): Promise<Value>;
  /** Presses keys, one after the other: characters, or those of `keys`. */
  press(...pressed: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** WebDriver's code points of keys. */
export const keys = { enter: '\uE007', escape: '\uE00C' } as const;

/** Milliseconds for a browser to start on a busy machine. */
const patience = 120_000;

export const firefoxPath = (): string => debianProgram('/usr/bin/firefox-esr', 'firefox-esr');

/** Debian's Firefox, without a screen, by Marionette: the protocol that is its WebDriver's own. */
export async function launchFirefox(): Promise<DrivenBrowser> {
  const firefox = firefoxPath();
  const profile = await mkdtemp(join(tmpdir(), 'qualm-firefox-'));
  const port = await freePort();
  await writeFile(join(profile, 'user.js'), `user_pref('marionette.port', ${port});\n`);
  const args = ['--headless', '--marionette', '--no-remote', '--profile', profile];
  const browser = spawn(firefox, args, { stdio: 'ignore', detached: true });
  const end = async (): Promise<void> => {
    await stop(browser);
    await rm(profile, { recursive: true, force: true });
  };
  try {
    const ask = await marionette(port);
    await ask('WebDriver:NewSession', { capabilities: {} });
    await ask('WebDriver:SetWindowRect', { width: 1280, height: 860 });
    return {
      open: async (url) => void (await ask('WebDriver:Navigate', { url })),
      value: <Value>(expression: string) =>
        ask('WebDriver:ExecuteScript', { script: `return ${expression}`, args: [] }) as Promise<Value>,
      press: async (...pressed) => void (await ask('WebDriver:PerformActions', { actions: presses(pressed) })),
      close: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

export const webkitPaths = (): { readonly driver: string; readonly screen: string } => ({
  driver: debianProgram('/usr/bin/WebKitWebDriver', 'webkit2gtk-driver'),
  screen: debianProgram('/usr/bin/xvfb-run', 'xvfb', 'xauth'),
});

/** Debian's WebKitGTK, the engine of Safari, on a screen that nobody sees. */
export async function launchWebkit(): Promise<DrivenBrowser> {
  const { driver, screen } = webkitPaths();
  const port = await freePort();
  const args = ['-a', '-s', '-screen 0 1400x1000x24', driver, `--port=${port}`];
  const browser = spawn(screen, args, { stdio: 'ignore', detached: true });
  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`http://127.0.0.1:${port}/session${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = (await answer.json()) as { value: unknown };
    if (!answer.ok) throw new Error(`WebKit: ${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  }
  try {
    const session = (await untilItAnswers(() => ask('POST', '', { capabilities: {} }))) as { sessionId: string };
    const own = `/${session.sessionId}`;
    await ask('POST', `${own}/window/rect`, { x: 0, y: 0, width: 1280, height: 860 });
    return {
      open: async (url) => void (await ask('POST', `${own}/url`, { url })),
      value: <Value>(expression: string) =>
        ask('POST', `${own}/execute/sync`, { script: `return ${expression}`, args: [] }) as Promise<Value>,
      press: async (...pressed) => void (await ask('POST', `${own}/actions`, { actions: presses(pressed) })),
      close: async () => {
        await ask('DELETE', own).catch(() => undefined);
        await stop(browser);
      },
    };
  } catch (error) {
    await stop(browser);
    throw error;
  }
}

function presses(pressed: readonly string[]): unknown {
  const actions = pressed.flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value })));
  return [{ type: 'key', id: 'keyboard', actions }];
}

/** With all that it has started. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid!, 'SIGTERM');
  await ended;
}

async function untilItAnswers<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (const began = Date.now(); ; await sleep(100))
    try {
      return await ask();
    } catch (error) {
      if (Date.now() - began > patience) throw error;
    }
}

/** Asks Firefox: each message is its length in bytes, a colon, and JSON; an answer is
 * `[1, number, error, result]`.
 */
async function marionette(port: number): Promise<(command: string, parameters: unknown) => Promise<unknown>> {
  const socket = await untilItAnswers(() => connected(port));
  const waiting = new Map<number, (answer: readonly unknown[]) => void>();
  let [received, asked] = [Buffer.alloc(0), 0];
  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes]);
    for (;;) {
      const colon = received.indexOf(':');
      const length = Number(received.subarray(0, colon));
      if (colon < 0 || received.length < colon + 1 + length) return;
      const message = JSON.parse(received.subarray(colon + 1, colon + 1 + length).toString()) as unknown;
      received = received.subarray(colon + 1 + length);
      // The first one says who it is.
      if (Array.isArray(message)) waiting.get(message[1] as number)!(message);
    }
  });
  return async (command, parameters) => {
    const number = asked++;
    const text = JSON.stringify([0, number, command, parameters]);
    const answered = new Promise<readonly unknown[]>((resolve) => waiting.set(number, resolve));
    socket.write(`${Buffer.byteLength(text)}:${text}`);
    const [, , error, result] = await answered;
    waiting.delete(number);
    if (error) throw new Error(`Firefox: ${command}: ${JSON.stringify(error)}`);
    return (result as { value?: unknown } | null)?.value;
  };
}

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}
