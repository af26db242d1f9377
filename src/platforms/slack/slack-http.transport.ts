import { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { HTTPReceiver } from '@slack/bolt';
import { Settings } from '../../settings/settings';
import { SlackApp } from './slack.app';
import { slackLogger } from './slack.logger';
import { SlackWorkspaces } from './slack.workspaces';

const PATH = '/slack/events';

/**
 * HTTP: Slack sends signed requests to `POST /slack/events` of hark's own server. The signature is one of the bytes as
 * they were sent, so the route stands before everything that reads bodies: it is there when the application is made.
 */
@Injectable()
export class SlackHttpTransport implements OnModuleDestroy {
  private readonly logger = new Logger(SlackHttpTransport.name);
  private stopping = false;

  constructor(
    app: SlackApp,
    private readonly workspaces: SlackWorkspaces,
    { roles, slack }: Settings,
    host: HttpAdapterHost,
  ) {
    if (!roles.has('bot') || slack?.signingSecret === undefined) return;
    const receiver = new HTTPReceiver({
      signingSecret: slack.signingSecret,
      endpoints: PATH,
      logger: slackLogger('SlackHttp'),
      processEventErrorHandler: ({ response }) => {
        if (!response.headersSent) response.writeHead(503).end();
        return Promise.resolve(true);
      },
    });
    receiver.init(app.heardBy());
    // Applications without a server, as commands use them, have no adapter.
    host.httpAdapter?.post(PATH, (request: IncomingMessage, response: ServerResponse) =>
      this.receive(receiver, request, response),
    );
  }

  /** The server itself lives on for a while, for those who have been let in. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  private async receive(
    receiver: HTTPReceiver,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (this.stopping) {
      response.writeHead(503).end();
      return;
    }
    try {
      // What arrives before hark knows who it is could not be told from its own messages. Slack sends it again.
      await this.workspaces.of().identity();
    } catch (error) {
      this.logger.warn({ err: error, msg: 'Slack does not say who hark is; its requests must wait.' });
      response.writeHead(503).end();
      return;
    }
    receiver.requestListener(request, response);
  }
}
