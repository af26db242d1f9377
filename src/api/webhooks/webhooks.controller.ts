import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { Audited, NeedsRole } from '../../access/access.decorators';
import { WebhookStore } from '../../core/webhook-store';
import { API_PREFIX } from '../api-prefix';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { writeSecret } from './webhook-secret';
import { DeliveriesRequest, NewWebhookRequest } from './webhook.request';
import {
  NewWebhookView,
  WebhookDeliveryView,
  WebhookMessageView,
  WebhookView,
  deliveryView,
  webhookView,
} from './webhook.view';
import { WebhooksService } from './webhooks.service';

const DEFAULT_LIMIT = 20;

/** Who is told when jobs end. */
@ApiTags('webhooks')
@ApiBearerAuth()
@ApiExtraModels(WebhookMessageView)
@UseGuards(RequestLimitGuard)
@NeedsRole('admin')
@Controller('webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly store: WebhookStore,
  ) {}

  @Post()
  @Audited('webhook.create')
  @ApiOperation({
    summary: 'Have an address told when jobs end',
    description:
      'hark posts a `WebhookMessage`, signed as [Standard Webhooks](https://www.standardwebhooks.com) say: ' +
      '`webhook-signature` is `v1,` and the Base64 of the HMAC-SHA256 of `<webhook-id>.<webhook-timestamp>.<body>`. ' +
      'Any 2xx means that it has arrived; else it is sent again for three days, with the same `webhook-id`.',
  })
  @ApiCreatedResponse({
    type: NewWebhookView,
    headers: { Location: { description: 'Address of the webhook.', schema: { type: 'string' } } },
  })
  @ApiProblems('field_invalid', 'json_malformed', 'link_invalid', 'link_refused', 'webhook_limit')
  async create(
    @Body() request: NewWebhookRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NewWebhookView> {
    const { webhook, secret } = await this.webhooks.add(request);
    response.location(`/${API_PREFIX}/webhooks/${webhook.id}`);
    return { ...webhookView(webhook), secret: writeSecret(secret) };
  }

  @Get()
  @ApiOperation({ summary: 'List webhooks' })
  @ApiOkResponse({ type: [WebhookView] })
  @ApiProblems()
  async list(): Promise<WebhookView[]> {
    return (await this.store.list()).map(webhookView);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show a webhook' })
  @ApiOkResponse({ type: WebhookView })
  @ApiProblems('webhook_not_found')
  async show(@Param('id') id: string): Promise<WebhookView> {
    return webhookView(await this.webhooks.find(id));
  }

  @Get(':id/deliveries')
  @ApiOperation({ summary: 'What was sent last, and what came of it' })
  @ApiOkResponse({ type: [WebhookDeliveryView] })
  @ApiProblems('webhook_not_found', 'field_invalid')
  async deliveries(
    @Param('id') id: string,
    @Query() { limit = DEFAULT_LIMIT }: DeliveriesRequest,
  ): Promise<WebhookDeliveryView[]> {
    return (await this.webhooks.deliveries(id, limit)).map(deliveryView);
  }

  @Post(':id/ping')
  @HttpCode(200)
  @Audited('webhook.ping')
  @ApiOperation({ summary: 'Send a test message now, and see what comes of it' })
  @ApiOkResponse({ type: WebhookDeliveryView })
  @ApiProblems('webhook_not_found')
  async ping(@Param('id') id: string): Promise<WebhookDeliveryView> {
    return deliveryView(await this.webhooks.ping(id));
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Audited('webhook.enable')
  @ApiOperation({ summary: 'Send again to a webhook that was switched off' })
  @ApiOkResponse({ type: WebhookView })
  @ApiProblems('webhook_not_found')
  async enable(@Param('id') id: string): Promise<WebhookView> {
    return webhookView(await this.webhooks.enable(id));
  }

  @Delete(':id')
  @HttpCode(204)
  @Audited('webhook.erase')
  @ApiOperation({ summary: 'Forget a webhook, its secret and its deliveries' })
  @ApiNoContentResponse({ description: 'Nothing is sent to it any more.' })
  @ApiProblems('webhook_not_found')
  erase(@Param('id') id: string): Promise<void> {
    return this.webhooks.erase(id);
  }
}
