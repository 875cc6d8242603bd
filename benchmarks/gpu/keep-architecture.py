"""Blanks the code of all GPU architectures but one in a CUDA library, so that it packs small enough to be carried:
python keep-architecture.py libonnxruntime_providers_cuda.so 90 out.so

Code that CUDA loads lies in "fat binaries": a header (magic 0xba55ed50, its size, the size of what follows), then one
header and body for each architecture. The sizes stay, the bodies become zeros. For measurements only.
"""

import pathlib
import struct
import sys

FAT_MAGIC = 0xBA55ED50


def main():
    source, keep, target = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    data = bytearray(pathlib.Path(source).read_bytes())
    at = data.find(struct.pack("<I", FAT_MAGIC))
    blanked = 0
    while at >= 0:
        header_size, size = struct.unpack_from("<HQ", data, at + 6)
        entry, end = at + header_size, at + header_size + size
        while entry < end:
            entry_header, entry_size = struct.unpack_from("<IQ", data, entry + 4)
            (architecture,) = struct.unpack_from("<I", data, entry + 28)
            body = entry + entry_header
            if architecture != keep:
                data[body : body + entry_size] = bytes(entry_size)
                blanked += entry_size
            entry = body + entry_size
        at = data.find(struct.pack("<I", FAT_MAGIC), end)
    pathlib.Path(target).write_bytes(data)
    print(f"{blanked} of {len(data)} bytes blanked")


main()
