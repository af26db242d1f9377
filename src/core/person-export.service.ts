import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import { ExportedRecordingsService } from './exported-recordings.service';
import { GlossaryStore } from './glossary-store';
import { PersonExport } from './person-export';
import { PreferenceStore } from './preference-store';
import { QUOTA_WINDOW_MS } from './quota';
import { PlatformName } from './voice-note';

export interface ExportFile {
  name: string;
  text: string;
}

/** Gives people what is stored of them. */
@Injectable()
export class PersonExportService {
  constructor(
    private readonly recordings: ExportedRecordingsService,
    private readonly preferences: PreferenceStore,
    private readonly clock: Clock,
    private readonly glossary: GlossaryStore,
  ) {}

  async of(platform: PlatformName, id: string): Promise<PersonExport> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - QUOTA_WINDOW_MS.audioMinutesPerDay);
    return {
      person: { platform, id },
      exportedAt: now,
      choices: await this.preferences.get({ platform, kind: 'user', id }),
      ...(await this.recordings.useOf(platform, id, since)),
      suggestedTerms: await this.glossary.suggestedBy(platform, id),
      recordings: await this.recordings.of(platform, id),
    };
  }

  /** The same as files of at most so many bytes each; every one of them can be read by itself. */
  async files(platform: PlatformName, id: string, mostBytes: number): Promise<ExportFile[]> {
    const parts = inParts(await this.of(platform, id), mostBytes);
    return parts.map((text, index) => ({
      name: parts.length > 1 ? `hark-export-${index + 1}.json` : 'hark-export.json',
      text,
    }));
  }
}

function inParts(whole: PersonExport, mostBytes: number): string[] {
  const text = `${JSON.stringify(whole, null, 2)}\n`;
  const { recordings } = whole;
  if (Buffer.byteLength(text) <= mostBytes || recordings.length <= 1) return [text];
  const half = Math.ceil(recordings.length / 2);
  return [recordings.slice(0, half), recordings.slice(half)].flatMap((some) =>
    inParts({ ...whole, recordings: some }, mostBytes),
  );
}
