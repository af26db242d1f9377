/** What decides how an event looks to one session. */
export interface SessionView {
  /** The session has the message-content intent. */
  content: boolean;
  /** The session has the presence intent. */
  presences: boolean;
}

/** An event, before it is known who gets it. */
export interface Dispatch {
  /** Its name on the gateway, e.g. `MESSAGE_CREATE`. */
  event: string;
  /** Sessions with one of these intents get it; 0: all of them do. */
  intents: number;
  /** Where it happened, when only members of that place hear of it. */
  guildId?: string;
  channelId?: string;
  data: (view: SessionView) => unknown;
}

/** Takes events from wherever they happen. */
export interface Dispatcher {
  dispatch(event: Dispatch): void;
}
