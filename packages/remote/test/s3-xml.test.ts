import { expect, it } from 'vitest';
import { elementOf, parseListing } from '../src/s3/s3-xml.ts';

const page = (inside: string): string =>
  `<?xml version="1.0"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inside}</ListBucketResult>`;

it('parseListing gives keys as they are, encoded for URLs or for XML', () => {
  const contents = (key: string): string => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`;
  expect(parseListing(page(`<EncodingType>url</EncodingType>${contents('a+b%2Bc%25.jpg')}`)).keys).toEqual([
    'a b+c%.jpg',
  ]);
  expect(parseListing(page(contents('a&amp;b&#x20;&#233;&lt;%20.jpg'))).keys).toEqual(['a&b é<%20.jpg']);
  expect(parseListing(page('')).keys).toEqual([]);
});

it('parseListing says what comes next', () => {
  const token = '<NextContinuationToken>a&amp;b=</NextContinuationToken>';
  expect(parseListing(page(`<IsTruncated>true</IsTruncated>${token}`)).next).toBe('a&b=');
  expect(parseListing(page(`<IsTruncated>false</IsTruncated>${token}`)).next).toBeNull();
});

it('parseListing takes nothing else', () => {
  expect(() => parseListing('<html>')).toThrow('no list');
});

it('elementOf is null where there is none', () => {
  expect(elementOf('<a>1</a>', 'b')).toBeNull();
});
