const PANELS = ['settings', 'privacy', 'home', 'find'] as const;
type Panel = (typeof PANELS)[number];

/** Fits the action ids of every control of a panel: for `App.action`. Answers' buttons have ids of their own. */
export const PANEL_ACTIONS = new RegExp(`^hark-(${PANELS.join('|')}):`);

/** What a control of a panel is for: `hark-<panel>:<part>:<part>…`. */
export function panelId(panel: Panel, ...parts: readonly string[]): string {
  return [`hark-${panel}`, ...parts].join(':');
}

/** The parts; undefined for another panel's controls. */
export function partsOf(panel: Panel, id: string): string[] | undefined {
  const [name, ...parts] = id.split(':');
  return name === `hark-${panel}` ? parts : undefined;
}
