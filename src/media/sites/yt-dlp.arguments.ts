/** What can be fetched by yt-dlp itself, over HTTP and so through a proxy; all else would want other programs. */
const FORMATS = [
  'bestaudio[protocol^=http]',
  'bestaudio[protocol^=m3u8]',
  // where sound comes with pictures only, small ones
  'best[height<=?480][protocol^=http]',
  'best[height<=?480][protocol^=m3u8]',
  'worst[protocol^=http]',
  'worst[protocol^=m3u8]',
];

export const NOT_LIVE = '!is_live';

/**
 * yt-dlp's arguments: one recording to stdout, nothing from configuration files, nothing kept, no other program. All of
 * them work since 2023. The link is the only thing from outside, and stands where nothing can be an option any more.
 */
export function ytDlpArguments(link: string, maxSeconds: number): string[] {
  return [
    ...['--ignore-config', '--no-cache-dir', '--default-search', 'error'],
    ...['--no-playlist', '--playlist-items', '1'],
    ...['--break-match-filters', NOT_LIVE, '--match-filters', `duration <=? ${Math.floor(maxSeconds)}`],
    ...['--format', FORMATS.join('/'), '--downloader', 'native', '--ffmpeg-location', '/nonexistent'],
    ...['--fixup', 'never', '--hls-use-mpegts', '--abort-on-unavailable-fragments'],
    ...['--retries', '3', '--fragment-retries', '3', '--extractor-retries', '2', '--socket-timeout', '20'],
    ...['--no-part', '--no-mtime', '--no-continue', '--no-progress', '--no-colors'],
    ...['--output', '-', '--', link],
  ];
}
