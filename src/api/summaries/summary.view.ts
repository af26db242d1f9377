import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { Summary, SummaryWay } from '../../core/summary';

@ApiSchema({ name: 'SummaryTokens' })
export class SummaryTokensView {
  @ApiProperty({ description: 'Read by the model.' })
  input!: number;

  @ApiProperty({ description: 'Written by the model.' })
  output!: number;

  @ApiProperty({ description: 'Counted by the length of the texts: the service did not say.' })
  estimated!: boolean;
}

/** What a transcript comes down to. */
@ApiSchema({ name: 'Summary' })
export class SummaryView {
  @ApiProperty({ description: 'Plain text.' })
  text!: string;

  @ApiProperty({ enum: ['written', 'picked'], description: '`picked`: sentences of the transcript itself.' })
  way!: SummaryWay;

  @ApiProperty({ example: 'anthropic' })
  driver!: string;

  @ApiProperty({ example: 'claude-haiku-4-5 (api.anthropic.com)' })
  madeBy!: string;

  @ApiProperty({ description: 'The transcript has been changed since.' })
  stale!: boolean;

  @ApiProperty()
  tokens!: SummaryTokensView;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

/** What there is, and who could make one. */
@ApiSchema({ name: 'SummaryList' })
export class SummaryListView {
  @ApiProperty({ type: [SummaryView], description: 'One by each driver that was asked, newest first.' })
  summaries!: SummaryView[];

  @ApiProperty({ type: [String], description: 'Drivers that can be asked; empty: summaries are off.' })
  drivers!: string[];
}

export function summaryViewOf(summary: Summary, digest: string): SummaryView {
  const { text, way, driver, madeBy, use, createdAt } = summary;
  const stale = summary.digest !== digest;
  return { text, way, driver, madeBy, stale, tokens: use, createdAt: createdAt.toISOString() };
}
