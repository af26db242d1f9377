import { JOB_STATUSES, JOB_TRANSITIONS, isFinished, statusesBefore } from './job';

describe('job transitions', () => {
  it('never leaves done, and leaves failed and cancelled by a retry only', () => {
    expect(JOB_TRANSITIONS.done).toEqual([]);
    expect(JOB_TRANSITIONS.failed).toEqual(['queued']);
    expect(JOB_TRANSITIONS.cancelled).toEqual(['queued']);
  });

  it('reaches failed and cancelled from every unfinished status', () => {
    const unfinished = JOB_STATUSES.filter((status) => !isFinished(status));
    expect(statusesBefore('failed')).toEqual(unfinished);
    expect(statusesBefore('cancelled')).toEqual(unfinished);
  });

  it('delivers only what was running', () => {
    expect(statusesBefore('delivering')).toEqual(['running']);
  });
});
