import { Injectable } from '@nestjs/common';
import { SlackWebApi } from '../slack-web-api.service';
import { HomeService, HomeVisit } from './home.service';

const TIMEOUT_MS = 15_000;

/** Shows people their App Home. */
@Injectable()
export class HomePublisher {
  constructor(
    private readonly home: HomeService,
    private readonly api: SlackWebApi,
  ) {}

  /** @throws HarkError */
  async publish(visit: HomeVisit): Promise<void> {
    const view = await this.home.draw(visit);
    await this.api.call(
      visit.team,
      (client) => client.views.publish({ user_id: visit.user, view }),
      AbortSignal.timeout(TIMEOUT_MS),
    );
  }
}
