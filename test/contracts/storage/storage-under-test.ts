import { TestStorage } from '../../support/storage';

/** How a suite gets at the stores of one database. */
export interface StorageUnderTest {
  /** A new, empty database. */
  open(): Promise<TestStorage>;
  /** The same database over a connection of its own, as another process has it. */
  openAgain(storage: TestStorage): Promise<TestStorage>;
}
