/** The bytes of gzip with the one in its header that says which system made it set to Unix. */
export async function* withoutSystem(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let position = 0;
  for await (const chunk of chunks) {
    if (position <= 9 && position + chunk.length > 9) chunk[9 - position] = 3;
    position += chunk.length;
    yield chunk;
  }
}
