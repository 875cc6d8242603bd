import { resolve, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QualmError } from '@qualm/types';
import { aliasName, artifactPath, modelName } from '../src/uri/names.ts';

const refusal = (call: () => unknown): string | null => {
  try {
    call();
    return null;
  } catch (error) {
    expect(QualmError.is(error)).toBe(true);
    return (error as QualmError).code;
  }
};

describe('artifactPath(path)', () => {
  it.each(['model.onnx', 'a/b/c.txt', 'a b/ü.json', '..a/b..', 'a/...', '100%.txt', 'a:b/c'.replace(':', '-')])(
    '%s is itself',
    (path) => expect(artifactPath(path, 'test')).toBe(path),
  );

  it.each([
    '',
    '.',
    '..',
    '/etc/passwd',
    'a/../../b',
    'a/./b',
    'a//b',
    'a/',
    '..\\..\\b',
    'C:\\b',
    'C:/b',
    'file:///etc/passwd',
    'a\u0000b',
    'a\nb',
    '%2e%2e/b',
    'a%2Fb',
    'a#b',
    'x'.repeat(1025),
  ])('%s is refused', (path) => expect(refusal(() => artifactPath(path, 'test'))).toBe('path-outside'));

  it('what it lets through stays in its folder, as a path and as part of a URL', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      '%2e',
      '%2F',
      'a',
      'C:',
      '~',
      '\u0000',
      ' ',
      '#',
      '?',
      ':',
      '%',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = pieces.join('');
        if (refusal(() => artifactPath(path, 'test')) !== null) return;
        expect(resolve('/root/model', path).startsWith(`/root/model${sep}`)).toBe(true);
        const url = new URL('http://host/');
        url.pathname = `/api/${path.split('/').map(encodeURIComponent).join('/')}`;
        expect(decodeURIComponent(url.pathname)).toBe(`/api/${path}`);
      }),
    );
  });
});

describe('modelName(name)', () => {
  it.each(['ssd', 'ssd 300', "it's", 'a.b-c_d', '目录', 'x'.repeat(256)])('%s is itself', (name) =>
    expect(modelName(name, 'test')).toBe(name),
  );

  it.each(['', ' a', 'a ', '.', '..', 'a/b', 'a\\b', 'a:b', 'a@b', '%2e', 'a\u0007b', `'"`, 'x'.repeat(257)])(
    '%j is refused',
    (name) => expect(refusal(() => modelName(name, 'test'))).toBe('unsupported'),
  );
});

describe('aliasName(alias)', () => {
  it.each(['champion', 'a-b_c', '1'])('%s is itself', (alias) => expect(aliasName(alias, 'test')).toBe(alias));

  it.each(['', 'latest', 'LATEST', 'v1', 'V22', 'a b', 'a/b', 'x'.repeat(256)])('%j is refused', (alias) =>
    expect(refusal(() => aliasName(alias, 'test'))).toBe('unsupported'),
  );
});
