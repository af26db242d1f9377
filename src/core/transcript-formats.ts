import { toProse } from './prose';
import { toSrt, toVtt } from './subtitles';
import { Transcript } from './transcript';
import { TranscriptTask, toVerboseJson } from './verbose-json';

/** The files that a transcript can be had as; also their name endings. */
export const FORMATS = ['txt', 'srt', 'vtt', 'json'] as const;
export type TranscriptFormat = (typeof FORMATS)[number];

/** A transcript as a file's content. Empty transcripts give valid, empty files. */
export function formatTranscript(
  transcript: Transcript,
  format: TranscriptFormat,
  task: TranscriptTask = 'transcribe',
): string {
  switch (format) {
    case 'txt':
      return toProse(transcript);
    case 'srt':
      return toSrt(transcript.segments);
    case 'vtt':
      return toVtt(transcript.segments);
    case 'json':
      return `${JSON.stringify(toVerboseJson(transcript, task), null, 2)}\n`;
  }
}
