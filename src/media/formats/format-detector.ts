import { HarkError } from '../../core/errors';
import { FORMATS, MediaFormat } from './formats';
import { looksLikeHtml } from './html';

/** As many bytes as `file-type` needs to be sure. */
export const HEAD_BYTES = 4_100;

/**
 * The format that a file's first bytes show; its name is never looked at.
 *
 * @throws HarkError `media_empty`, `media_is_html` or `media_unsupported`
 */
export async function detectFormat(head: Uint8Array): Promise<MediaFormat> {
  if (head.length === 0) throw new HarkError('media_empty', 'The file is empty.');
  if (looksLikeHtml(head)) {
    throw new HarkError('media_is_html', 'That is a web page, not an audio or video file.');
  }
  const format = FORMATS[isRf64(head) ? 'rf64' : await extensionOf(head)];
  if (format === undefined) {
    throw new HarkError('media_unsupported', 'That is not an audio or video file that hark can read.');
  }
  return format;
}

async function extensionOf(head: Uint8Array): Promise<string> {
  const { fileTypeFromBuffer } = await import('file-type');
  try {
    return (await fileTypeFromBuffer(head))?.ext ?? '';
  } catch {
    return ''; // what the detector itself stumbles over is nothing that hark can read
  }
}

/** The 64-bit kind of WAV, which `file-type` does not know. */
function isRf64(head: Uint8Array): boolean {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 12)).toString('latin1');
  return text.startsWith('RF64') && text.endsWith('WAVE');
}
