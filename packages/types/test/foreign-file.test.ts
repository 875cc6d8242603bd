import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { foreignFile } from '../src/foreign-file.ts';

/** The local header of a zip's first entry (PKWARE APPNOTE 4.3.7), as far as its name. */
function zip(name: string): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name)]);
}

const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n';

describe('foreignFile(bytes) knows', () => {
  it.each<[string, Uint8Array, string]>([
    ['a pointer of Git LFS (git-lfs docs/spec.md)', Buffer.from(pointer), 'git-lfs'],
    ['a web page', Buffer.from('\n<!DOCTYPE html><html>'), 'html'],
    ['a web page with a byte-order mark', Buffer.from('\ufeff<html lang="en">'), 'html'],
    ['an error of S3', Buffer.from('<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code>'), 'xml-error'],
    ['UTF-16 of Windows', Buffer.from('\ufeffa', 'utf16le'), 'utf-16'],
    ['gzip', gzipSync('x'), 'gzip'],
    ['torch.save since 1.6, a zip', zip('best/data.pkl'), 'pytorch'],
    ['torch.save since 2.1', zip('archive/.format_version'), 'pytorch'],
    ['torch.save before, pickles', Buffer.from('8002 8a0a6cfc9c46f9206aa850192e'.replace(' ', ''), 'hex'), 'pytorch'],
    ['.keras', zip('metadata.json'), 'keras'],
    ['HDF5', Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'), 'keras'],
    ['a zip', zip('[Content_Types].xml'), 'zip'],
    ['TensorFlow Lite (schema.fbs: file_identifier "TFL3")', Buffer.from('\x1c\0\0\0TFL3', 'latin1'), 'tflite'],
    ['saved_model.pb: schema version 1, then meta graphs', Uint8Array.of(8, 1, 0x12, 0x80), 'saved-model'],
    ['ONNX: ir_version 8, then the producer', Uint8Array.of(8, 8, 0x12, 7), 'onnx'],
    ['safetensors: a length of 64 bits, then JSON', Buffer.from('\x80\x01\0\0\0\0\0\0{"a', 'latin1'), 'safetensors'],
    ['GGUF version 3', Buffer.from('GGUF\x03\0\0\0', 'latin1'), 'gguf'],
    ['Parquet', Buffer.from('PAR1\x15\x04', 'latin1'), 'parquet'],
    ['JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'image'],
  ])('%s', (_, bytes, kind) => expect(foreignFile(bytes)?.kind).toBe(kind));
});

it.each<[string, string]>([
  ['nothing', ''],
  ['JSON', '{"specVersion": 1}'],
  ['labels', 'person\nbicycle\n'],
  ['YAML', 'names:\n  0: cat\n'],
  ['words that begin as signatures do', 'PAR1,GGUF,BZh9\nversion 2\n'],
  ['XML', '<?xml version="1.0"?><annotation/>'],
])('foreignFile(%s) is null', (_, text) => expect(foreignFile(Buffer.from(text))).toBeNull());

it('foreignFile(bytes) of many bytes looks at the first', () => {
  expect(foreignFile(new Uint8Array(10 ** 6))).toBeNull();
});
