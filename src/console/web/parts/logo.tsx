export function Logo() {
  return (
    <span class="logo">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="8" />
        <path d="M7 13v6M13 8v16M19 11v10M25 14v4" />
      </svg>
      <span>hark</span>
    </span>
  );
}
