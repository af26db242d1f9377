// The console: signs in with a token, sends notes and watches them being read. It uses the public API only.
const API = 'api/v1';
const TOKEN_KEY = 'hark-token';
const FINAL = ['done', 'failed', 'cancelled'];
const find = (selector) => document.querySelector(selector);

const call = async (path, options = {}) => {
  const headers = { ...options.headers, authorization: `Bearer ${sessionStorage.getItem(TOKEN_KEY) ?? ''}` };
  const response = await fetch(`${API}${path}`, { ...options, headers });
  if (response.ok) return response;
  const { detail } = await response.json().catch(() => ({}));
  throw Object.assign(new Error(detail ?? `hark answered ${response.status}.`), { status: response.status });
};

async function open() {
  await notice();
  try {
    const { jobs } = await (await call('/jobs?limit=20')).json();
    show('#desk');
    find('#jobs').replaceChildren();
    for (const job of jobs.toReversed()) add(job);
  } catch (error) {
    show('#sign-in');
    if (sessionStorage.getItem(TOKEN_KEY) !== null) say('#sign-in', error.message);
  }
}

function show(selector) {
  for (const part of ['#sign-in', '#desk']) find(part).hidden = part !== selector;
}

function say(form, text) {
  find(`${form} .problem`).textContent = text;
}

/** What an admin should know of the parts, such as that the demonstration model is in use. */
async function notice() {
  const { details } = await (await fetch('health/ready')).json();
  const remarks = Object.values(details).filter(({ state }) => state !== 'ok' && state !== 'off');
  find('#notice').textContent = remarks
    .map(({ detail, remedy }) => [detail, remedy].filter(Boolean).join(' '))
    .join(' · ');
}

function add(job) {
  const row = document.createElement('li');
  row.id = `job-${job.id}`;
  find('#jobs').prepend(row);
  draw(row, job, job.text ?? '');
  if (!FINAL.includes(job.status)) void watch(row, job);
}

function draw(row, job, text) {
  const line = (name, content) =>
    Object.assign(document.createElement('p'), { className: name, textContent: content });
  const seconds = job.media?.seconds ? `${Math.round(job.media.seconds)} s` : '';
  const about = [
    job.media?.name ?? job.source?.url ?? job.platform,
    seconds,
    job.language,
    job.status,
  ].filter(Boolean);
  const parts = [line('meta', about.join(' · '))];
  if (text !== '') parts.push(line('text', text));
  else if (job.outcome === 'no_speech') parts.push(line('meta', 'No speech.'));
  else if (job.outcome === 'music') parts.push(line('meta', 'Music, no speech.'));
  if (job.error) parts.push(line('problem', job.error.message));
  if (!FINAL.includes(job.status)) {
    parts.push(
      Object.assign(document.createElement('progress'), {
        max: 1,
        value: job.progress,
        ariaLabel: 'progress',
      }),
    );
  }
  row.replaceChildren(...parts);
}

/** Follows one job to its end: the text grows as it is heard. */
async function watch(row, job) {
  let text = '';
  for await (const { name, data } of eventsOf(await call(`/jobs/${job.id}/events`))) {
    if (name === 'segment') text = `${text} ${data.text ?? data.segment?.text ?? ''}`.trim();
    if (name === 'progress') job = { ...job, status: 'running', progress: data.progress };
    draw(row, job, text);
  }
  const ended = await (await call(`/jobs/${job.id}`)).json();
  draw(row, ended, ended.text ?? '');
}

/** EventSource cannot send a token, so the stream is read by hand: blocks of `event:` and `data:` lines. */
async function* eventsOf(response) {
  let rest = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const blocks = `${rest}${read.value}`.split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const field = (name) =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2);
      if (field('data') !== undefined) yield { name: field('event'), data: JSON.parse(field('data')) };
    }
  }
}

async function submit(body, headers) {
  say('#try-it', '');
  try {
    add(await (await call('/transcriptions', { method: 'POST', body, headers })).json());
    find('#try-it').reset();
  } catch (error) {
    say('#try-it', error.message);
  }
}

function sendFile(file) {
  const form = new FormData();
  form.set('translate', String(find('#translate').checked));
  form.set('file', file, file.name);
  return submit(form);
}

find('#sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem(TOKEN_KEY, find('#token').value.trim());
  void open();
});

const tryIt = find('#try-it');
tryIt.addEventListener('submit', (event) => {
  event.preventDefault();
  const [file] = find('#file').files;
  const url = find('#link').value.trim();
  if (file) void sendFile(file);
  else if (url)
    void submit(JSON.stringify({ url, translate: find('#translate').checked }), {
      'content-type': 'application/json',
    });
  else say('#try-it', 'Choose a file or give a link.');
});
for (const type of ['dragover', 'dragleave', 'drop']) {
  tryIt.addEventListener(type, (event) => {
    event.preventDefault();
    tryIt.classList.toggle('over', type === 'dragover');
    const file = type === 'drop' ? event.dataTransfer.files[0] : undefined;
    if (file) void sendFile(file);
  });
}

void open();
