import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";

export interface Entry {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Files of a plain zip archive, as a workbook is one. */
export function unzip(archive: Buffer): Entry[] {
  const end = archive.lastIndexOf("PK\x05\x06", undefined, "latin1");
  const entries: Entry[] = [];
  for (let i = 0, at = archive.readUInt32LE(end + 16); i < archive.readUInt16LE(end + 10); i++) {
    const [method, size, nameLength] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28)];
    const start = archive.readUInt32LE(at + 42);
    const data = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28);
    const packed = archive.subarray(data, data + size);
    entries.push({
      name: archive.toString("utf8", at + 46, at + 46 + nameLength),
      content: method === 0 ? packed : inflateRawSync(packed),
    });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

export function zip(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const heads: Buffer[] = [];
  let at = 0;
  for (const { name, content } of entries) {
    const [title, packed] = [Buffer.from(name), deflateRawSync(content)];
    const head = Buffer.alloc(46);
    head.write("PK\x01\x02", "latin1");
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(20, 6);
    head.writeUInt16LE(8, 10);
    head.writeUInt32LE(crc32(content), 16);
    head.writeUInt32LE(packed.length, 20);
    head.writeUInt32LE(content.length, 24);
    head.writeUInt16LE(title.length, 28);
    head.writeUInt32LE(at, 42);
    const local = Buffer.alloc(30);
    local.write("PK\x03\x04", "latin1");
    head.copy(local, 4, 6, 32);
    heads.push(head, title);
    parts.push(local, title, packed);
    at += 30 + title.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    heads.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...heads, end]);
}
