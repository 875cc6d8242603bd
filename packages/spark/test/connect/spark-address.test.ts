import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QualmError } from '@qualm/types';
import { parseSparkAddress } from '../../src/connect/spark-address.ts';

describe('parseSparkAddress', () => {
  // The first four are from the docs of Spark's own clients.
  it.each([
    ['sc://localhost', { host: 'localhost', port: 15002, isLoopback: true, useTls: null, token: null }],
    ['sc://localhost/;use_ssl=true;token=aaa', { useTls: true, token: 'aaa' }],
    ['sc://host:443/;user_id=anna;user_agent=my%20agent', { port: 443, userId: 'anna', userAgent: 'my agent' }],
    ['sc://host/;x-cluster=c1', { headers: { 'x-cluster': 'c1' }, port: 15002 }],
    ['sc://host', { isLoopback: false, name: 'sc://host:15002' }],
    ['sc://127.0.0.1:7/', { isLoopback: true, port: 7 }],
    ['sc://[::1]:7/;token=a%3Db', { host: '::1', isLoopback: true, token: 'a=b', name: 'sc://[::1]:7' }],
    ['sc://host;use_ssl=false', { useTls: false }],
    ['sc://host/;token=a=b', { token: 'a=b' }],
  ])('%s', (text, parts) => {
    expect(parseSparkAddress(text)).toMatchObject(parts);
  });

  it.each([
    ['http://host:15002', 'not an address'],
    ['sc://', 'not an address'],
    ['sc://host:0', '0 is not a port'],
    ['sc://host:70000', '70000 is not a port'],
    ['sc://host/path;token=abc', 'not an address'],
    ['sc://anna:secret@host', 'not an address'],
    ['sc://host/;token', 'has no value'],
    ['sc://host/;=abc', 'has no value'],
    ['sc://host/;token=%zz', 'percent-encoded'],
    ['sc://host/;use_ssl=yes', 'use_ssl'],
    ['sc://host/;session_id=1', 'UUID'],
    ['sc://host/;authorization=abc', 'cannot be a header'],
    ['sc://host/;x-a=%0d%0ax-b', 'cannot be a header'],
  ])('%s is refused', (text, why) => {
    const parse = (): unknown => parseSparkAddress(text);
    expect(parse).toThrow(QualmError);
    expect(parse).toThrow(why);
    expect(parse).toThrow('expected sc://host:15002');
  });

  it('no error shows a token', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        try {
          parseSparkAddress(`sc://${before};token=t0ps3cr3t${after}`);
        } catch (error) {
          expect(String(error)).not.toContain('t0ps3cr3t');
        }
      }),
    );
  });
});
