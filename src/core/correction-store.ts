import { TranscriptionJob } from './job';
import { CorrectedBy, Segment } from './transcript';

export interface NewCorrection {
  segments: readonly Segment[];
  by: CorrectedBy;
  /** The text that was corrected: of two who correct it at the same moment, the second one learns of it. */
  basedOn: string;
}

/**
 * What people make of transcripts. The corrected text takes the place of the engine's, for searches, files and answers;
 * the engine's own stays beside it and goes when the job is erased. Answers that show the job fall due.
 */
export abstract class CorrectionStore {
  /** Undefined when there is no such transcript, or its text is another one by now. */
  abstract correct(
    jobId: string,
    correction: NewCorrection,
    now: Date,
  ): Promise<TranscriptionJob | undefined>;
  /** Back to what the engine gave. Undefined when nothing is corrected there, or the original is elsewhere. */
  abstract restore(jobId: string, now: Date): Promise<TranscriptionJob | undefined>;
}
