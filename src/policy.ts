import { Injectable } from '@nestjs/common';
import { Lane } from './core/job-queue';
import { Policy } from './core/policy';
import { processMark } from './core/process-mark';
import { Settings } from './settings/settings';

/**
 * One more than the engine takes at a time, so that the next note is decoded while the present one is heard; and one
 * for short notes, which long ones never get.
 */
const TRANSCRIPTION_SLOTS = 3;
/** Answers wait for the network only. */
const DELIVERY_SLOTS = 8;

const HERE = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The admin's settings as the core's policy. */
@Injectable()
export class SettingsPolicy extends Policy {
  readonly media: Policy['media'];
  readonly quota: Policy['quota'];
  readonly placeQuota: Policy['placeQuota'];
  readonly keepAudioDays: number;
  readonly retentionDays: number;
  readonly auditDays: number;
  readonly reuseDays: number;
  readonly outlastsOutages: boolean;
  readonly maxAttempts = 5;
  readonly maxCrashes = 3;
  readonly maxLosses = 6;
  readonly maxDeliveryAttempts = 20;
  /** A voice note is here within a second. */
  readonly soundMs = 10_000;
  /** Renewed every five seconds: two renewals may be missed, for a loop that is blocked or a database that is slow. */
  readonly leaseMs = 15_000;
  readonly shutdownMs = 5_000;
  readonly liveSessions: number;
  readonly soleProcess: boolean;
  readonly processId = processMark();
  readonly audioServices: readonly string[];
  readonly draftModel?: string;
  readonly summaries: Policy['summaries'];
  readonly slots: Readonly<Partial<Record<Lane, number>>>;

  constructor(private readonly settings: Settings) {
    super();
    this.media = settings.media;
    this.quota = settings.quota;
    this.placeQuota = settings.placeQuota;
    this.keepAudioDays = settings.keepAudioDays;
    this.retentionDays = settings.retentionDays;
    this.auditDays = settings.auditDays;
    this.reuseDays = settings.reuseDays;
    this.liveSessions = settings.liveSessions;
    // Without Redis every service has all roles; a worker by itself is a command with one file.
    this.outlastsOutages = settings.redisUrl !== undefined || settings.roles.size > 1;
    this.soleProcess = settings.redisUrl === undefined;
    this.audioServices = audioServices(settings);
    this.draftModel = settings.draftModel;
    this.summaries = settings.summaries;
    this.slots = {
      transcription: settings.roles.has('worker') ? TRANSCRIPTION_SLOTS : undefined,
      delivery: settings.roles.has('bot') ? DELIVERY_SLOTS : undefined,
    };
  }

  feature(name: string): boolean {
    return this.settings.features.get(name) ?? true;
  }
}

function audioServices({ transcribers, whisper, openai }: Settings): string[] {
  const addresses = [
    transcribers.includes('whisper-cpp') ? whisper.serverUrl : undefined,
    transcribers.includes('openai') ? openai?.baseUrl : undefined,
  ];
  return addresses
    .filter((address) => address !== undefined)
    .map((address) => new URL(address))
    .filter(({ hostname }) => !HERE.has(hostname))
    .map(({ host }) => host);
}
