import { Injectable } from '@nestjs/common';
import { AckFn, RespondFn, ViewResponseAction } from '@slack/bolt';
import { SlackWebApi } from '../slack-web-api.service';
import { Gesture } from './gesture';
import { ModalView } from './form.view';
import { ModalResponse } from './modal.response';
import { SlackResponse } from './slack.response';

const TIMEOUT_MS = 3_000;

/** Ways to answer people's gestures: beside the message, or in the form. */
@Injectable()
export class ResponsesService {
  constructor(private readonly api: SlackWebApi) {}

  to(gesture: Gesture, respond: RespondFn | undefined): SlackResponse {
    const { form, team, thread } = gesture;
    return form ? new ModalResponse(this.api, team, form) : new SlackResponse(respond, thread);
  }

  /** To a form that was sent. */
  toForm({ form, team }: Gesture, ack: AckFn<ViewResponseAction>): SlackResponse {
    return form ? new ModalResponse(this.api, team, form, ack) : new SlackResponse(undefined);
  }

  /** Opens a form; Slack takes it within three seconds of the gesture, once. @throws HarkError */
  async open({ team, triggerId }: Gesture, view: ModalView): Promise<void> {
    await this.api.call(
      team,
      (client) => client.views.open({ trigger_id: triggerId, view }),
      AbortSignal.timeout(TIMEOUT_MS),
    );
  }
}
