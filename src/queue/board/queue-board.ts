import { Injectable, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NextFunction, Request, Response } from 'express';
import { AdminDoor } from '../../access/admin-door';
import { DeliveryProcessor } from '../delivery.processor';
import { TranscriptionProcessor } from '../transcription.processor';

const ROUTE = '/queues';

/**
 * Bull's own view of what is in Redis, at `/queues`, for admins. To look at only: the job table is the truth, and what is
 * changed here would come back from there.
 */
@Injectable()
export class QueueBoard implements OnModuleInit {
  constructor(
    private readonly door: AdminDoor,
    private readonly http: HttpAdapterHost,
    private readonly transcription: TranscriptionProcessor,
    private readonly delivery: DeliveryProcessor,
  ) {}

  async onModuleInit(): Promise<void> {
    // Loaded late: a process without Redis has no use for it.
    const { createBullBoard } = await import('@bull-board/api');
    const { BullAdapter } = await import('@bull-board/api/bullAdapter');
    const { ExpressAdapter } = await import('@bull-board/express');
    const serverAdapter = new ExpressAdapter();
    serverAdapter.setBasePath(ROUTE);
    createBullBoard({
      queues: [this.transcription, this.delivery].map(
        ({ queue }) => new BullAdapter(queue, { readOnlyMode: true }),
      ),
      serverAdapter,
      options: { uiConfig: { boardTitle: 'hark', hideRedisDetails: true } },
    });
    this.http.httpAdapter.use(ROUTE, this.door.middleware, boardHeaders, serverAdapter.getRouter());
  }
}

/** It brings styles in its HTML. Nothing of it is from elsewhere: the fonts that it asks for are refused. */
function boardHeaders(_request: Request, response: Response, next: NextFunction): void {
  const policy = String(response.getHeader('Content-Security-Policy'))
    .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
    .replace("base-uri 'none'", "base-uri 'self'");
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('Cache-Control', 'no-store');
  next();
}
