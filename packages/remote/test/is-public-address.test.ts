import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPublicAddress } from '../src/net/is-public-address.ts';

it.each([
  ...['8.8.8.8', '1.1.1.1', '2001:4860:4860::8888', '::ffff:8.8.8.8', '64:ff9b::808:808'].map((text) => [text, true]),
  ...[
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
  ].map((text) => [text, false]),
  ...[
    '255.255.255.255',
    '198.18.0.1',
    '192.0.2.1',
    '::1',
    '::',
    'fd00:ec2::254',
    'fe80::1%eth0',
    '::ffff:10.0.0.1',
  ].map((text) => [text, false]),
  ...[
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::808:808',
    '2002:0a00:1::1',
    '2001:0:a::1',
    '::7f00:1',
    'ff02::1',
    'a.org',
    '',
  ].map((text) => [text, false]),
] as [string, boolean][])('isPublicAddress(%j) is %s', (text, isPublic) => {
  expect(isPublicAddress(text)).toBe(isPublic);
});

it('an address in an IPv6 one is as public as it is by itself', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const [a, b, c, d] = address.split('.').map(Number) as [number, number, number, number];
      const groups = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      expect(isPublicAddress(`::ffff:${address}`)).toBe(isPublicAddress(address));
      expect(isPublicAddress(`64:ff9b::${groups}`)).toBe(isPublicAddress(address));
    }),
  );
});
