import { Provider } from '@nestjs/common';
import { DiscordJsVoiceReceiver } from './discordjs-voice.receiver';
import { VoicePeopleService } from './voice-people.service';
import { VoicePostsService } from './voice-posts.service';
import { VoiceReceiver } from './voice-receiver';
import { VoiceRoomsService } from './voice-rooms.service';
import { VoiceScribe } from './voice-scribe.service';
import { VoiceWatch } from './voice-watch.service';

/** What listens in voice channels, where that is switched on. */
export const VOICE: Provider[] = [
  { provide: VoiceReceiver, useClass: DiscordJsVoiceReceiver },
  VoicePeopleService,
  VoicePostsService,
  VoiceScribe,
  VoiceRoomsService,
  VoiceWatch,
];
