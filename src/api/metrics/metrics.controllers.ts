import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { NeedsRole, Public } from '../../access/access.decorators';
import { MetricsPage } from '../../core/metrics-page';

/** For Prometheus: numbers only, nobody's name or id, nothing of what was said. */
@ApiExcludeController()
@Public()
@Controller('metrics')
export class OpenMetricsController {
  constructor(private readonly page: MetricsPage) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  show(@Res() response: Response): Promise<void> {
    return send(this.page, response);
  }
}

/** The same for who has a token, where an admin wants it so. */
@ApiExcludeController()
@NeedsRole('viewer')
@Controller('metrics')
export class GuardedMetricsController {
  constructor(private readonly page: MetricsPage) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  show(@Res() response: Response): Promise<void> {
    return send(this.page, response);
  }
}

async function send(page: MetricsPage, response: Response): Promise<void> {
  const text = await page.text();
  response.set('Content-Type', page.contentType).end(text);
}
