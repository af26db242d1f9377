import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Post,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Audited, NeedsRole, Public } from '../../access/access.decorators';
import { rememberCaller } from '../../access/caller';
import { RefusedCallsService } from '../../access/refused-calls.service';
import { SESSION_COOKIE, cookieOptions } from '../../access/session-cookie';
import { SESSION_MS, SessionService } from '../../access/session.service';
import { HarkError } from '../../core/errors';
import { Settings } from '../../settings/settings';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { SessionView, SignInRequest, viewOf } from './session.view';

/** How the console's page signs in, and out. Programs send their token with every call instead. */
@ApiTags('session')
@ApiBearerAuth()
@UseGuards(RequestLimitGuard)
@Controller('session')
export class SessionController {
  private readonly queueBoard: boolean;

  constructor(
    private readonly sessions: SessionService,
    private readonly refused: RefusedCallsService,
    { redisUrl }: Settings,
  ) {
    this.queueBoard = redisUrl !== undefined;
  }

  @Post()
  @Public()
  @Audited('session.open')
  @ApiOperation({
    summary: 'Sign a browser in',
    description:
      'The cookie it gets opens what the token opens, for a week, and only to pages of this address.',
  })
  @ApiCreatedResponse({ type: SessionView })
  @ApiProblems('field_invalid', 'json_malformed', 'unauthorized', 'forbidden')
  async open(
    @Body() { token }: SignInRequest,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    await this.refused.assertMayTry(request);
    const { secret, caller } = await this.sessions.open(token.trim()).catch(async (error: unknown) => {
      if (HarkError.from(error).code === 'unauthorized') await this.refused.count(request);
      throw error;
    });
    rememberCaller(request, caller);
    response.cookie(SESSION_COOKIE, secret, { ...cookieOptions(request), maxAge: SESSION_MS });
    return viewOf(caller, this.queueBoard);
  }

  @Get()
  @Public()
  @ApiOperation({ summary: 'Who is signed in' })
  @ApiOkResponse({ type: SessionView })
  @ApiNoContentResponse({ description: 'Nobody.' })
  @ApiProblems()
  async show(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView | undefined> {
    const caller = await this.sessions.callerOf(request);
    if (!caller) response.status(HttpStatus.NO_CONTENT);
    return caller && viewOf(caller, this.queueBoard);
  }

  @Delete()
  @NeedsRole('viewer')
  @Audited('session.close')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign the browser out' })
  @ApiNoContentResponse({ description: 'The cookie is worth nothing any more.' })
  @ApiProblems()
  async close(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.close(request);
    response.clearCookie(SESSION_COOKIE, cookieOptions(request));
  }
}
