export interface ModelInfo {
  name: string;
  /** Of the stock file; undefined when unknown. */
  bytes?: number;
  /** Absolute path when it is on this machine. */
  path?: string;
  /** What a download has brought so far, where one is under way or was left. */
  receivedBytes?: number;
  /** The settings name it. */
  inUse?: boolean;
  /** What a person should know, e.g. that `demo` understands 150 words only. */
  remark?: string;
}

export interface DownloadProgress {
  name: string;
  receivedBytes: number;
  totalBytes?: number;
}

/** Model files. */
export abstract class ModelStore {
  abstract list(): Promise<ModelInfo[]>;
  /**
   * The path of a model by name, path or `demo`; a stock model is downloaded when it is not there.
   * @throws HarkError `model_unknown`, `model_not_found`, `model_download_failed` or `model_corrupt`
   */
  abstract resolve(
    name: string,
    signal: AbortSignal,
    onProgress?: (progress: DownloadProgress) => void,
  ): Promise<string>;
  /** Downloads a stock model, or what is missing of it. */
  abstract pull(
    name: string,
    signal: AbortSignal,
    onProgress?: (progress: DownloadProgress) => void,
  ): Promise<string>;
  /** Checks every downloaded model against its checksum. */
  abstract verify(
    onProgress?: (progress: DownloadProgress) => void,
  ): Promise<{ name: string; ok: boolean; detail: string }[]>;
}
