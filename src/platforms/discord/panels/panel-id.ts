type Panel = 'settings' | 'limits' | 'privacy' | 'find' | 'glossary' | 'listen';

/** What a control of a panel is for: `hark-<panel>:<part>:<part>…`. Answers' buttons have ids of their own. */
export function panelId(panel: Panel, ...parts: readonly string[]): string {
  return [`hark-${panel}`, ...parts].join(':');
}

/** The parts; undefined for another panel's controls. */
export function partsOf(panel: Panel, id: string): string[] | undefined {
  const [name, ...parts] = id.split(':');
  return name === `hark-${panel}` ? parts : undefined;
}
