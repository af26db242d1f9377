import { HealthCheck, HealthReport } from '../core/health-check';
import { Refusal } from '../remote/refusal';
import { ServiceAccess } from '../remote/service-access';

const PATIENCE_MS = 4_000;

/** Whether a service answers, lets hark in and has the model. Nothing is generated for it. */
export abstract class RemoteSummaryHealth extends HealthCheck {
  /** What the names of its settings begin with. */
  protected abstract readonly settings: string;
  /** Whether a service that does not know the model is out of order; many list none, and answer all the same. */
  protected abstract readonly listsModels: boolean;

  constructor(private readonly access: ServiceAccess) {
    super();
  }

  async check(): Promise<HealthReport[]> {
    const { name } = this;
    const { model, address } = this.access;
    try {
      await this.look(model, AbortSignal.timeout(PATIENCE_MS));
      return [{ name, state: 'ok', detail: `${model} at ${address} answers.` }];
    } catch (error) {
      const { status } = error as Refusal;
      if (!this.listsModels && (status === 404 || status === 405))
        return [{ name, state: 'ok', detail: `${address} answers; it lists no model ${model}.` }];
      const remedy = `See that it runs, or correct ${this.settings}_BASE_URL, ${this.settings}_API_KEY or ${this.settings}_MODEL.`;
      return [{ name, state: 'warning', detail: this.fault(status), remedy }];
    }
  }

  /** Asks for the model. @throws what the service's client throws */
  protected abstract look(model: string, signal: AbortSignal): Promise<unknown>;

  private fault(status: number | undefined): string {
    const { model, address } = this.access;
    if (status === undefined) return `${address} does not answer.`;
    if (status === 401 || status === 403) return `${address} does not accept the key.`;
    if (status === 404) return `${address} does not know the model ${model}.`;
    return `${address} does not answer as it should (${status}).`;
  }
}
