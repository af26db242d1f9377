import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface AlertRule {
  alert: string;
  expr: string;
  annotations: { summary: string; runbook_url: string };
}

/** What the shipped alert rules say. */
export function alertRules(): AlertRule[] {
  const file = parse(readFileSync('config/prometheus/hark.rules.yml', 'utf8')) as {
    groups: { rules: AlertRule[] }[];
  };
  return file.groups.flatMap(({ rules }) => rules);
}

/** Every query of the shipped dashboard. */
export function dashboardQueries(): string[] {
  const text = readFileSync('config/grafana/dashboards/hark.json', 'utf8');
  const found: string[] = [];
  JSON.parse(text, (key, value: unknown) => {
    if (['expr', 'query', 'definition'].includes(key) && typeof value === 'string') found.push(value);
    return value;
  });
  return found;
}

/** The metrics that a query names; `up` and `ALERTS` are Prometheus's own. */
export function metricsIn(query: string): string[] {
  return query.replace(/"[^"]*"/g, '').match(/\b(?:hark|process|nodejs)_[a-z0-9_]+/g) ?? [];
}
