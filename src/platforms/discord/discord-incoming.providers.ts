import { Provider } from '@nestjs/common';
import { AnswerCopiesHandler } from './answers/answer-copies.handler';
import { DeleteAnswerHandler } from './answers/delete-answer.handler';
import { FixHandler } from './answers/fix.handler';
import { SummarizeHandler } from './answers/summarize.handler';
import { DiscordSummaryPosts } from './answers/summary.posts';
import { TryAgainHandler } from './answers/try-again.handler';
import { CommandRegistrationService } from './commands/command-registration.service';
import { ArrivalService } from './connection/arrival.service';
import { CommandedNotesService } from './commands/commanded-notes.service';
import { ListenHandler } from './commands/listen.handler';
import { ListenConsentHandler } from './voice/listen-consent.handler';
import { HelpHandler } from './commands/help.handler';
import { StatusHandler } from './commands/status.handler';
import { TranscribeMenuHandler } from './commands/transcribe-menu.handler';
import { TranscribeHandler } from './commands/transcribe.handler';
import { DiscordGateway } from './discord.gateway';
import { InteractionHandler, InteractionHandlers } from './interactions/interaction.handler';
import { InteractionRouter } from './interactions/interaction.router';
import { AutomaticNotesService } from './notes/automatic-notes.service';
import { DelayNoticeService } from './notes/delay-notice.service';
import { HeardMessagesService } from './notes/heard-messages.service';
import { MessageHandler } from './notes/message.handler';
import { MissedMessagesService } from './notes/missed-messages.service';
import { OriginalSpeakerService } from './notes/original-speaker.service';
import { QuietReplyService } from './notes/quiet-reply.service';
import { RequestTargetService } from './notes/request-target.service';
import { RequestedNotesService } from './notes/requested-notes.service';
import { GlossaryHandler } from './panels/glossary.handler';
import { LimitsHandler } from './panels/limits.handler';
import { PrivacyHandler } from './panels/privacy.handler';
import { SettingsHandler } from './panels/settings.handler';
import { FindHandler } from './search/find.handler';
import { DiscordReachService } from './search/discord-reach.service';
import { HitLinksService } from './search/hit-links.service';
import { ThreadSightService } from './search/thread-sight.service';

const HANDLERS = [
  TranscribeHandler,
  TranscribeMenuHandler,
  SettingsHandler,
  LimitsHandler,
  PrivacyHandler,
  FindHandler,
  GlossaryHandler,
  StatusHandler,
  HelpHandler,
  AnswerCopiesHandler,
  SummarizeHandler,
  TryAgainHandler,
  FixHandler,
  DeleteAnswerHandler,
  ListenHandler,
  ListenConsentHandler,
];

/** What hears of Discord and understands it. */
export const INCOMING: Provider[] = [
  DiscordGateway,
  ArrivalService,
  CommandRegistrationService,
  InteractionRouter,
  {
    provide: InteractionHandlers,
    inject: HANDLERS,
    useFactory: (...handlers: InteractionHandler[]) => new InteractionHandlers(handlers),
  },
  ...HANDLERS,
  DiscordSummaryPosts,
  CommandedNotesService,
  DelayNoticeService,
  HeardMessagesService,
  MessageHandler,
  MissedMessagesService,
  AutomaticNotesService,
  RequestedNotesService,
  OriginalSpeakerService,
  QuietReplyService,
  RequestTargetService,
  DiscordReachService,
  HitLinksService,
  ThreadSightService,
];
