import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { parseLanguage } from '../core/languages';
import { FORMATS, TranscriptFormat, formatTranscript } from '../core/transcript-formats';
import { Settings } from '../settings/settings';
import { oneFileSettings } from '../settings/tool-settings';
import { AddCommand, settingsFor, withApplication } from './command-context';
import { transcribeOne } from './one-file';
import { ProgressBar } from './progress-bar';

interface TranscribeOptions {
  language: string;
  translate: boolean;
  format: TranscriptFormat;
  output?: string;
}

/** `hark transcribe`: one file or link through the same pipeline as every note. */
export const addTranscribe: AddCommand = (program) => {
  program
    .command('transcribe <source>')
    .description('print what is said in a file or behind a link')
    .option('--language <language>', 'the language spoken, such as en or German', 'auto')
    .option('--translate', 'translate to English', false)
    .addOption(new Option('--format <format>', 'form of the transcript').choices([...FORMATS]).default('txt'))
    .option('--output <file>', 'write it to this file instead of the standard output')
    .action(async (source: string, options: TranscribeOptions, command: Command) => {
      const language = parseLanguage(options.language);
      const text = await inScratch(settingsFor(command), (settings) =>
        read(settings, source, { ...options, language }),
      );
      if (options.output === undefined) process.stdout.write(text);
      else await writeFile(options.output, text);
    });
};

async function read(settings: Settings, source: string, options: TranscribeOptions): Promise<string> {
  return withApplication(settings, async (application, signal) => {
    const bar = new ProgressBar('transcribing', 'share');
    try {
      const { language, translate, format } = options;
      const transcript = await transcribeOne(application, source, { language, translate }, signal, (share) =>
        bar.update(share, 1),
      );
      return formatTranscript(transcript, format);
    } finally {
      bar.stop();
    }
  });
}

/** A folder that is gone afterwards, beside a service that may be running. */
async function inScratch<T>(settings: Settings, work: (settings: Settings) => Promise<T>): Promise<T> {
  const scratchDir = await mkdtemp(join(tmpdir(), 'hark-'));
  try {
    return await work(oneFileSettings(settings, scratchDir));
  } finally {
    await rm(scratchDir, { recursive: true, force: true });
  }
}
