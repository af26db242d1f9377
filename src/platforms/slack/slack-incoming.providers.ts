import { Provider } from '@nestjs/common';
import { AnswerCopiesHandler } from './answers/answer-copies.handler';
import { AnswerGesturesService } from './answers/answer-gestures.service';
import { DeleteAnswerHandler } from './answers/delete-answer.handler';
import { DirectFilesService } from './answers/direct-files.service';
import { FixHandler } from './answers/fix.handler';
import { SummarizeHandler } from './answers/summarize.handler';
import { SlackSummaryPosts } from './answers/summary.posts';
import { TranslateHandler } from './answers/translate.handler';
import { TryAgainHandler } from './answers/try-again.handler';
import { CommandedNotesService } from './commands/commanded-notes.service';
import { HelpHandler } from './commands/help.handler';
import { StatusHandler } from './commands/status.handler';
import { TranscribeShortcutHandler } from './commands/transcribe-shortcut.handler';
import { TranscribeHandler } from './commands/transcribe.handler';
import { HomeHandler } from './home/home.handler';
import { HomePublisher } from './home/home.publisher';
import { HomeService } from './home/home.service';
import { GestureHandler, GestureHandlers } from './interactions/gesture.handler';
import { GestureRouter } from './interactions/gesture.router';
import { ResponsesService } from './interactions/responses.service';
import { AutomaticNotesService } from './notes/automatic-notes.service';
import { FileFactsService } from './notes/file-facts.service';
import { HeardMessages } from './notes/heard-messages';
import { MessageHandler } from './notes/message.handler';
import { RequestTargetService } from './notes/request-target.service';
import { RequestedNotesService } from './notes/requested-notes.service';
import { SharedFileHandler } from './notes/shared-file.handler';
import { WhisperService } from './notes/whisper.service';
import { GlossaryHandler } from './panels/glossary.handler';
import { PrivacyHandler } from './panels/privacy.handler';
import { LimitsVisitService } from './panels/limits-visit.service';
import { SettingsDeskService } from './panels/settings-desk.service';
import { SettingsPanelsService } from './panels/settings-panels.service';
import { SettingsHandler } from './panels/settings.handler';
import { SlackPrivacyService } from './panels/slack-privacy.service';
import { FindHandler } from './search/find.handler';
import { SlackLinksService } from './search/slack-links.service';
import { SlackReachService } from './search/slack-reach.service';
import { SlackConversationsService } from './slack-conversations.service';
import { SlackGroupsService } from './slack-groups.service';
import { SlackPeopleService } from './slack-people.service';
import { SlackEvents } from './slack.events';
import { SlackGateway } from './slack.gateway';

/** The App Home comes first: its controls are those of the panels, but it is drawn as a whole. */
const HANDLERS = [
  HomeHandler,
  TranscribeHandler,
  TranscribeShortcutHandler,
  SettingsHandler,
  PrivacyHandler,
  FindHandler,
  GlossaryHandler,
  StatusHandler,
  HelpHandler,
  AnswerCopiesHandler,
  TranslateHandler,
  SummarizeHandler,
  TryAgainHandler,
  FixHandler,
  DeleteAnswerHandler,
];

/** What hears Slack's events, commands, shortcuts and buttons. */
export const INCOMING: Provider[] = [
  SlackGateway,
  SlackEvents,
  GestureRouter,
  ResponsesService,
  {
    provide: GestureHandlers,
    inject: HANDLERS,
    useFactory: (...handlers: GestureHandler[]) => new GestureHandlers(handlers),
  },
  ...HANDLERS,
  AnswerGesturesService,
  DirectFilesService,
  SlackSummaryPosts,
  CommandedNotesService,
  HomePublisher,
  HomeService,
  LimitsVisitService,
  SettingsDeskService,
  SettingsPanelsService,
  SlackPrivacyService,
  SlackGroupsService,
  SlackPeopleService,
  SlackConversationsService,
  MessageHandler,
  SharedFileHandler,
  AutomaticNotesService,
  RequestedNotesService,
  RequestTargetService,
  FileFactsService,
  HeardMessages,
  WhisperService,
  SlackLinksService,
  SlackReachService,
];
