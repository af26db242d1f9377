/** The samples of a WAV file of 16 kHz, 16 bits and one channel; undefined for anything else, or when its sizes lie. */
export function pcmOf(file: Buffer): Int16Array | undefined {
  const head =
    file.length >= 44 &&
    file.toString('latin1', 0, 4) === 'RIFF' &&
    file.readUInt32LE(4) === file.length - 8 &&
    file.toString('latin1', 8, 16) === 'WAVEfmt ' &&
    file.readUInt32LE(16) === 16 &&
    file.readUInt16LE(20) === 1 &&
    file.readUInt16LE(22) === 1 &&
    file.readUInt32LE(24) === 16_000 &&
    file.readUInt32LE(28) === 32_000 &&
    file.readUInt16LE(34) === 16 &&
    file.toString('latin1', 36, 40) === 'data' &&
    file.readUInt32LE(40) === file.length - 44;
  if (!head) return undefined;
  return new Int16Array(file.buffer.slice(file.byteOffset + 44, file.byteOffset + file.length));
}
