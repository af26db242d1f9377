import { Injectable } from '@nestjs/common';
import { GoneNotesService } from '../../core/gone-notes.service';
import { patience } from '../patience';
import { HomePublisher } from './home/home.publisher';
import { ChangedMessage, homeIn, messageChanged } from './life/disappearances';
import { MessageHandler } from './notes/message.handler';
import { SharedFileHandler } from './notes/shared-file.handler';
import { SlackMessage } from './slack-payload';
import { SlackEventType } from './slack-subscriptions';

/** Where and when an event was heard. */
export interface Hearing {
  team: string;
  botUserId: string;
  /** Ends what is begun, at shutdown. */
  signal: AbortSignal;
}

type Event = Record<string, unknown>;
type Hear = (event: Event, hearing: Hearing) => Promise<void>;

/** What hark does with each event of Slack's. */
@Injectable()
export class SlackEvents {
  readonly handlers: Readonly<Record<SlackEventType, Hear>> = {
    message: (event, hearing) => this.message(event, hearing),
    app_mention: (event, hearing) => this.newMessage(event, hearing, 'app_mention'),
    file_shared: ({ file_id, channel_id, user_id }, { signal, ...hearing }) => {
      const heard = { ...hearing, file: String(file_id), channel: String(channel_id), user: String(user_id) };
      return this.files.handle(heard, signal);
    },
    file_deleted: ({ file_id }, { team, signal }) =>
      patience.execute(() => this.gone.file(homeIn(team), String(file_id)), signal),
    app_home_opened: async ({ tab, user }, { team }) => {
      if (tab === 'home') await this.home.publish({ team, user: String(user), state: {} });
    },
    channel_deleted: (event, hearing) => this.channelGone(event, hearing),
    group_deleted: (event, hearing) => this.channelGone(event, hearing),
    app_uninstalled: (_, { team, signal }) =>
      patience.execute(() => this.gone.place(homeIn(team), { workspace: team }), signal),
  };

  constructor(
    private readonly messages: MessageHandler,
    private readonly files: SharedFileHandler,
    private readonly gone: GoneNotesService,
    private readonly home: HomePublisher,
  ) {}

  private async message(event: Event, hearing: Hearing): Promise<void> {
    if (event.subtype !== 'message_changed' && event.subtype !== 'message_deleted')
      return this.newMessage(event, hearing, 'message');
    const changed = event as unknown as ChangedMessage;
    await patience.execute(() => messageChanged(changed, hearing.team, this.gone), hearing.signal);
  }

  private newMessage(
    event: Event,
    { signal, ...hearing }: Hearing,
    as: 'message' | 'app_mention',
  ): Promise<void> {
    return this.messages.handle({ ...hearing, message: event as unknown as SlackMessage, as }, signal);
  }

  private channelGone({ channel }: Event, { team, signal }: Hearing): Promise<void> {
    return patience.execute(() => this.gone.place(homeIn(team), { channel: String(channel) }), signal);
  }
}
