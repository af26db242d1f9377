import { SlackBoard } from './slack-board';
import { SlackInteractions } from './slack-interactions';
import { Json, Team } from './slack-model';
import { SlackParams } from './slack-params';
import { SlackPayloads } from './slack-payloads';
import { SlackUploads } from './slack-uploads';
import { SlackViews } from './slack-views';
import { SlackWorld } from './slack-world';

/** What methods work with. */
export interface ApiContext {
  appId: string;
  world: SlackWorld;
  board: SlackBoard;
  payloads: SlackPayloads;
  interactions: SlackInteractions;
  uploads: SlackUploads;
  views: SlackViews;
  /** `host:port` of the file host. */
  filesHost: () => string;
  /** The address for one new socket; undefined when the app has its ten. */
  socketUrl: () => string | undefined;
}

export interface ApiCall extends ApiContext {
  team: Team;
  params: SlackParams;
}

export interface ApiMethod {
  /** The token it wants; `bot` unless given. */
  token?: 'app' | 'bot';
  /** The scopes it needs for this call. */
  scopes?: (call: ApiCall) => string[];
  /** @throws SlackApiError */
  run: (call: ApiCall) => Json;
}

export type ApiMethods = Record<string, ApiMethod>;
