import { HarkError } from '../../core/errors';
import { siteError } from './yt-dlp.errors';

const about = (words: string, refusal?: HarkError): HarkError =>
  siteError(words, 'example.org', 600, refusal);

describe('siteError', () => {
  it.each([
    ['ERROR: Unsupported URL: https://example.org/', 'link_failed', false],
    ['ERROR: [youtube] abc: Private video. Sign in if you have been granted access', 'link_failed', false],
    [
      'ERROR: [youtube] abc: Sign in to confirm your age. This video may be inappropriate',
      'link_failed',
      false,
    ],
    [
      'ERROR: [vimeo] 1: This video is protected by a password, use the --video-password option',
      'link_failed',
      false,
    ],
    ['ERROR: [youtube] abc: Requested format is not available', 'link_failed', false],
    ['ERROR: [generic] Unable to download webpage: HTTP Error 403: Forbidden', 'link_failed', false],
    ['ERROR: [generic] Unable to download webpage: HTTP Error 404: Not Found', 'link_not_found', false],
    [
      'ERROR: [youtube] abc: Video unavailable. This video has been removed by the uploader',
      'link_not_found',
      false,
    ],
    [
      'ERROR: [generic] Unable to download webpage: HTTP Error 500: Internal Server Error',
      'link_failed',
      true,
    ],
    [
      'ERROR: [youtube] abc: Unable to download API page: HTTP Error 429: Too Many Requests',
      'link_failed',
      true,
    ],
    ['ERROR: unable to download video data: <urlopen error timed out>', 'link_failed', true],
    ['[download] A talk does not pass filter (!is_live), skipping ..', 'link_failed', false],
    ['[download] A talk does not pass filter (duration <=? 600), skipping ..', 'media_too_long', false],
    ['', 'link_failed', true],
  ])('%s', (words, code, retryable) => {
    const error = about(`[generic] Extracting URL: https://example.org/\n${words}\n`);
    expect(error).toMatchObject({ code, retryable });
    expect(error.userMessage).toMatch(/^[A-Z][^\n]*\.$|^example\.org/);
    expect(error.userMessage).not.toMatch(/ERROR|--|HTTP/);
  });

  it('tells what the proxy refused', () => {
    const refusal = new HarkError('link_refused', 'That leads into a private network.');
    expect(about('ERROR: Unable to download webpage: HTTP Error 403: Refused', refusal)).toMatchObject({
      code: 'link_refused',
      userMessage: refusal.userMessage,
    });
  });

  it('keeps what was said on the way, as titles, out of the log', () => {
    const { cause } = about('[info] My private diary: Downloading\nERROR: [x] HTTP Error 500');
    expect(String(cause)).not.toContain('diary');
    expect(String(cause)).toContain('HTTP Error 500');
  });
});
