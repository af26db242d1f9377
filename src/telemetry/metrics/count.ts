import { Fact } from '../../core/telemetry';
import { LiveMetrics } from './live-metrics';
import { NoteMetrics } from './note-metrics';
import { ServiceMetrics } from './service-metrics';
import { SummaryMetrics } from './summary-metrics';

/** Counts one thing that has happened. */
export function count(
  fact: Fact,
  notes: NoteMetrics,
  service: ServiceMetrics,
  live: LiveMetrics,
  summaries: SummaryMetrics,
): void {
  switch (fact.type) {
    case 'received':
      return notes.receive(fact.job);
    case 'refused':
      return notes.refuse(fact.platform, fact.code);
    case 'begun':
      return notes.begin();
    case 'ended':
      return notes.end(fact.job);
    case 'delivered':
      return notes.deliver(fact.job, fact.milliseconds / 1_000);
    case 'undelivered':
      return notes.fail(fact.job, fact.code);
    case 'live-begun':
      return live.begin(fact.session);
    case 'live-ended':
      return live.end(fact.session);
    case 'engine-replaced':
      return service.engineRestarts.inc({ reason: fact.why });
    case 'back-end':
      return service.backEnds.set({ back_end: fact.name }, fact.inUse ? 1 : 0);
    case 'summarizer':
      return summaries.show(fact);
    case 'summary':
      return summaries.count(fact);
    case 'rate-limited':
      return service.rateLimits.inc({ platform: fact.platform });
    default:
  }
}
