/** Strokes on a grid of 24. */
const PATHS = {
  notes: 'M5 6h14M5 12h14M5 18h9',
  try: 'M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5 11a7 7 0 0 0 14 0M12 18v3',
  activity: 'M4 20V10M10 20V4M16 20v-7M21 20H3',
  system: 'M4 5h16v6H4zM4 13h16v6H4zM8 8h.01M8 16h.01',
  places: 'M9 4 7 20M17 4l-2 16M4 9h16M4 15h16',
  glossary: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11M9 8h6',
  people: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-6 8-6s7 2 8 6',
  webhooks: 'M10 14a4 4 0 0 1 0-6l2-2a4 4 0 0 1 6 6l-1 1M14 10a4 4 0 0 1 0 6l-2 2a4 4 0 0 1-6-6l1-1',
  audit: 'M9 4h6v3H9zM7 5H5v15h14V5h-2M9 12h6M9 16h4',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20 20l-4-4',
  alert: 'M12 4 2.5 20h19zM12 10v4M12 17h.01',
  check: 'M5 12.5 10 17 19 7',
  cross: 'M6 6l12 12M18 6 6 18',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2',
  stop: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM6 6l12 12',
  wave: 'M4 10v4M8 6v12M12 9v6M16 4v16M20 10v4',
  send: 'M4 12 20 4l-5 16-3-7z',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  retry: 'M4 12a8 8 0 1 0 3-6.2M4 4v4h4',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  pencil: 'M4 20l1-5L16 4l4 4L9 19zM13 7l4 4',
  play: 'M7 4v16l13-8z',
  upload: 'M12 16V4M7 9l5-5 5 5M4 20h16',
  link: 'M9 15 15 9M11 6l2-2a4 4 0 0 1 6 6l-2 2M13 18l-2 2a4 4 0 0 1-6-6l2-2',
  back: 'M15 5l-7 7 7 7',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4',
  moon: 'M20 14a8 8 0 1 1-9-10 6.5 6.5 0 0 0 9 10z',
  screen: 'M3 5h18v12H3zM9 21h6M12 17v4',
  out: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  book: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
} as const;

export type IconName = keyof typeof PATHS;

/** Never the only sign of something: text stands beside it or labels the button around it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
