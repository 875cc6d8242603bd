const signature =
  /^(\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF[^]{4}WEBP|II[*+]\0|MM\0[*+]|[^]{4}ftyp(avi[fs]|hei[cs]|mif1|msf1)|BM[^]{4}\0{4}|\0{3}\x0cj(P  |XL )|\xff\x0a)/;

/** Whether the first 16 bytes of a file announce a picture of pixels, in whatever format. */
export function announcesImage(head: Uint8Array): boolean {
  return signature.test(Buffer.from(head).toString('latin1'));
}
