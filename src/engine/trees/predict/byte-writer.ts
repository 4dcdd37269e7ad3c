/** Bytes that grow, little-endian. Everything begins at a multiple of 16. */
export class ByteWriter {
  #view = new DataView(new ArrayBuffer(1 << 14));
  #length = 0;

  /** Room for `size` zero bytes; gives its place. */
  reserve(size: number): number {
    const at = this.#length;
    this.#length = at + Math.ceil(size / 16) * 16;
    if (this.#length > this.#view.byteLength) {
      const grown = new Uint8Array(Math.max(this.#length, 2 * this.#view.byteLength));
      grown.set(new Uint8Array(this.#view.buffer, 0, at));
      this.#view = new DataView(grown.buffer);
    }
    return at;
  }

  /** Writes 32-bit words at a reserved place. */
  words(at: number, values: readonly number[]): void {
    for (let i = 0; i < values.length; i++) this.#view.setUint32(at + 4 * i, values[i]!, true);
  }

  double(at: number, value: number): void {
    this.#view.setFloat64(at, value, true);
  }

  doubles(values: Float64Array): number {
    const at = this.reserve(8 * values.length);
    for (let i = 0; i < values.length; i++) this.double(at + 8 * i, values[i]!);
    return at;
  }

  /** The bytes, zeros behind them up to a multiple of 16. */
  padded(values: Uint8Array): number {
    const at = this.reserve(values.length);
    new Uint8Array(this.#view.buffer).set(values, at);
    return at;
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.#view.buffer.slice(0, this.#length));
  }
}
