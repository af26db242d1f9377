import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import {
  DELIVERY_STATES,
  type DeliveryState,
  WEBHOOK_EVENTS,
  type Webhook,
  type WebhookDelivery,
  type WebhookEvent,
} from '../../core/webhook';
import { JobView } from '../jobs/job.view';

const TYPES = ['job.done', 'job.failed', 'job.cancelled', 'ping'] as const;

@ApiSchema({ name: 'Webhook' })
export class WebhookView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null when SECRETS_KEY is another one by now.' })
  url!: string | null;

  @ApiProperty({ enum: WEBHOOK_EVENTS, enumName: 'WebhookEvent', isArray: true })
  events!: WebhookEvent[];

  @ApiProperty({ type: Date })
  createdAt!: string;

  @ApiProperty({ type: Date, nullable: true, description: 'Nothing has arrived since then.' })
  failingSince!: string | null;

  @ApiProperty({ type: Date, nullable: true, description: 'Nothing is sent any more.' })
  disabledAt!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'The server answered 500.' })
  disabledReason!: string | null;
}

@ApiSchema({ name: 'NewWebhook' })
export class NewWebhookView extends WebhookView {
  @ApiProperty({ example: 'whsec_…', description: 'What messages are signed with. It is shown this once.' })
  secret!: string;
}

@ApiSchema({ name: 'WebhookDelivery' })
export class WebhookDeliveryView {
  @ApiProperty({ description: 'The `webhook-id` of the message, the same in every attempt.' })
  id!: string;

  @ApiProperty({ enum: TYPES, enumName: 'WebhookMessageType' })
  type!: (typeof TYPES)[number];

  @ApiProperty({ type: String, nullable: true })
  jobId!: string | null;

  @ApiProperty({ type: Date, description: 'When the job ended.' })
  happenedAt!: string;

  @ApiProperty({ enum: DELIVERY_STATES, enumName: 'WebhookDeliveryState' })
  state!: DeliveryState;

  @ApiProperty({ example: 1, description: 'Attempts begun.' })
  attempts!: number;

  @ApiProperty({ type: Date, nullable: true, description: 'Of the next attempt.' })
  nextAt!: string | null;

  @ApiProperty({ type: Date, nullable: true })
  settledAt!: string | null;

  @ApiProperty({ type: Number, nullable: true, example: 204, description: 'What the server answered last.' })
  status!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'What was wrong with the last attempt.' })
  problem!: string | null;
}

@ApiSchema({ name: 'WebhookMessageData' })
export class WebhookMessageDataView {
  @ApiPropertyOptional({ type: JobView, description: 'As it ended; without the text of a private one.' })
  job?: JobView;
}

@ApiSchema({ name: 'WebhookMessage', description: 'What hark posts.' })
export class WebhookMessageView {
  @ApiProperty({ enum: TYPES, enumName: 'WebhookMessageType' })
  type!: (typeof TYPES)[number];

  @ApiProperty({ type: Date, description: 'When the job ended.' })
  timestamp!: string;

  @ApiProperty({ type: WebhookMessageDataView })
  data!: WebhookMessageDataView;
}

export function webhookView({ id, url, events, createdAt, failingSince, disabled }: Webhook): WebhookView {
  return {
    id,
    url: url ?? null,
    events: [...events],
    createdAt: createdAt.toISOString(),
    failingSince: failingSince?.toISOString() ?? null,
    disabledAt: disabled?.at.toISOString() ?? null,
    disabledReason: disabled?.reason ?? null,
  };
}

export function deliveryView(delivery: WebhookDelivery): WebhookDeliveryView {
  const { id, event, jobId, happenedAt, state, attempts, nextAt, settledAt, status, problem } = delivery;
  return {
    id,
    type: event === 'ping' ? event : `job.${event}`,
    jobId: jobId ?? null,
    happenedAt: happenedAt.toISOString(),
    state,
    attempts,
    nextAt: nextAt?.toISOString() ?? null,
    settledAt: settledAt?.toISOString() ?? null,
    status: status ?? null,
    problem: problem ?? null,
  };
}
