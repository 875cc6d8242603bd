import { describe, expect, it } from 'vitest';
import { registryToys } from '@qualm/testkit';
import { expectError } from './expect-error.ts';
import { fakeRegistry, toyFiles } from './fake-server.ts';
import type { Fault } from './fake-server.ts';

const model = registryToys().newer.spec.files.model;
const large = Buffer.alloc(110 * 100_000, 7);
const files = { ...toyFiles(), [model]: large };
const isModel = (path: string): boolean => path.endsWith(`/${model}`);

/** A fault of requests for the model's file. */
const ofModel =
  (fault: Fault): Fault =>
  (request, response) =>
    isModel(request.path) ? fault(request, response) : false;

/* Seconds of patience, so that a busy machine does not fall silent for as long. */
describe('timeouts are of silence', () => {
  it('a server that says nothing is given up', async () => {
    const { registry } = await fakeRegistry(() => true, { timeoutSeconds: 0.3, maxRetries: 0 });
    await expectError(registry.resolve('mlflow:/toy'), 'registry-unavailable');
  });

  it('a download that stalls is given up', async () => {
    const fault = ofModel((_request, response) => {
      response.writeHead(200, { 'content-length': large.length });
      response.write(large.subarray(0, 1000));
      return true;
    });
    const { registry } = await fakeRegistry(fault, { timeoutSeconds: 5, maxRetries: 0 }, files);
    await expectError(registry.resolve('mlflow:/toy'), 'registry-unavailable', model);
  });

  it('a download that moves slowly is not', async () => {
    const fault = ofModel((_request, response) => {
      response.writeHead(200, { 'content-length': large.length });
      let at = 0;
      const more = setInterval(() => {
        response.write(large.subarray(at, (at += large.length / 110)));
        if (at < large.length) return;
        clearInterval(more);
        response.end();
      }, 100);
      return true;
    });
    const { registry, server } = await fakeRegistry(fault, { timeoutSeconds: 10, maxRetries: 0 }, files);
    await registry.resolve('mlflow:/toy');
    expect(server.requests.filter(({ path }) => isModel(path))).toHaveLength(1);
  });
});
