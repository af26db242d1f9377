import { HarkError } from '../core/errors';
import { Summarizer, SummaryListener, SummaryRequest } from '../core/summarizer';
import { SummaryWay } from '../core/summary';
import { splitText } from '../core/text-splitter';
import { ANSWER_TOKENS } from './instructions';

/** Some 8,000 tokens at most: what also small models on one's own machine take, with room for their answer. */
const PART_CHARACTERS = 24_000;
/** More than five hours of fast speech. */
const MOST_PARTS = 16;

/** Long transcripts part by part: notes on each, then a summary of the notes. */
export class PartwiseSummarizer extends Summarizer {
  readonly name: string;
  readonly way: SummaryWay;
  readonly host?: string;
  readonly madeBy: string;

  constructor(private readonly inner: Summarizer) {
    super();
    [this.name, this.way] = [inner.name, inner.way];
    [this.host, this.madeBy] = [inner.host, inner.madeBy];
  }

  tokensFor(request: SummaryRequest): number {
    const parts = partsOf(request.transcript);
    const each = parts.reduce((sum, transcript) => sum + this.inner.tokensFor({ ...request, transcript }), 0);
    if (parts.length === 1) return each;
    const notes = this.inner.tokensFor({ ...request, transcript: '', task: 'parts' });
    return each + notes + parts.length * ANSWER_TOKENS;
  }

  override outage(): HarkError | undefined {
    return this.inner.outage();
  }

  async summarize(request: SummaryRequest, hear: SummaryListener, signal: AbortSignal): Promise<void> {
    const parts = partsOf(request.transcript);
    if (parts.length > MOST_PARTS)
      throw new HarkError('summary_too_long', 'This transcript is too long to be summed up.');
    if (parts.length <= 1) return this.inner.summarize(request, hear, signal);
    const notes: string[] = [];
    for (const transcript of parts) {
      let text = '';
      const note: SummaryListener = (piece) => {
        if ('text' in piece) text += piece.text;
        else hear(piece);
      };
      await this.inner.summarize({ ...request, transcript, task: 'part' }, note, signal);
      notes.push(`Part ${notes.length + 1} of ${parts.length}:\n${text.trim()}`);
    }
    await this.inner.summarize({ ...request, transcript: notes.join('\n\n'), task: 'parts' }, hear, signal);
  }
}

function partsOf(transcript: string): string[] {
  return splitText(transcript, PART_CHARACTERS, (text) => text.length);
}
