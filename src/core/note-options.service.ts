import { Injectable } from '@nestjs/common';
import { PreferenceScope, PreferenceStore } from './preference-store';
import { Person, PlatformName, ReplyAddress, TranscriptionOptions } from './voice-note';

/** Whose note, and where it stands. */
export interface NotePlace {
  platform: PlatformName;
  author: Person;
  replyTo?: Pick<ReplyAddress, 'channel' | 'workspace'>;
}

/** Completes what an asker said about a note with what its speaker and its place have chosen. */
@Injectable()
export class NoteOptionsService {
  constructor(private readonly preferences: PreferenceStore) {}

  /**
   * The language that was asked for, else the speaker's own, else the channel's, else the server's, else `auto`. An
   * `auto` that somebody chose is a choice like any other.
   */
  async complete(asked: Partial<TranscriptionOptions>, place: NotePlace): Promise<TranscriptionOptions> {
    const language = asked.language ?? (await this.languageOf(place)) ?? 'auto';
    return { ...asked, language, translate: asked.translate ?? false };
  }

  private async languageOf({ platform, author, replyTo }: NotePlace): Promise<string | undefined> {
    const scopes: [PreferenceScope['kind'], string | undefined][] = [
      ['user', author.id],
      ['channel', replyTo?.channel],
      ['server', replyTo?.workspace],
    ];
    for (const [kind, id] of scopes) {
      if (id === undefined) continue;
      const { language } = await this.preferences.get({ platform, kind, id });
      if (language !== undefined) return language;
    }
    return undefined;
  }
}
