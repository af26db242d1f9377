import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { alertRules } from './support/monitoring';

/** What it printed. @throws Error when it is not content */
function promtool(...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, {
    cwd: 'config/prometheus',
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`promtool ${args.join(' ')}: ${error?.message ?? `${stdout}${stderr}`}`);
  return stdout;
}

describe('what is shipped for Prometheus', () => {
  const rules = alertRules();

  it('is taken by Prometheus as it is', () => {
    expect(promtool('check', 'config', 'prometheus.yml')).toContain('valid prometheus config');
    expect(promtool('check', 'rules', 'hark.rules.yml')).toContain(`${rules.length} rules found`);
  });

  it('alerts to what it should, and to nothing else', () => {
    expect(promtool('test', 'rules', 'hark.rules.test.yml')).toContain('SUCCESS');
  });

  it('is tried out alert by alert: that each fires, and that it keeps quiet', () => {
    const { tests } = parse(readFileSync('config/prometheus/hark.rules.test.yml', 'utf8')) as {
      tests: { alert_rule_test: { alertname: string; exp_alerts: object[] }[] }[];
    };
    const cases = tests.flatMap(({ alert_rule_test: tried }) => tried);
    for (const fires of [true, false]) {
      const tried = cases.filter(({ exp_alerts: expected }) => expected.length > 0 === fires);
      const names = new Set(tried.map(({ alertname }) => alertname));
      expect([...names].sort()).toEqual(rules.map(({ alert }) => alert).sort());
    }
  });

  it('says where each alert is explained, and it is', () => {
    for (const { alert, annotations } of rules) {
      const [path = '', anchor] = annotations.runbook_url.split('#');
      const [, ...sections] = readFileSync(path, 'utf8').split(/^#### /m);
      const section = sections.find((text) => text.split('\n')[0]?.toLowerCase() === anchor) ?? '';
      expect([alert, anchor]).toEqual([alert, alert.toLowerCase()]);
      expect([alert, section.length > 120]).toEqual([alert, true]);
    }
  });
});
