import pg from 'pg';

/** What is copied: all data as one tar, with the log that makes them whole, and PostgreSQL's own list of the files. */
export type BaseFile = 'base.tar' | 'backup_manifest';

/**
 * Copies all data of a server while it runs, as a base backup (PostgreSQL's streaming replication protocol, BASE_BACKUP). `write` gets the
 * bytes in order, and nothing more is read while it works; what it throws ends the copy. The login must be allowed to replicate.
 */
export async function copyServer(url: string, write: (file: BaseFile, bytes: Uint8Array) => void): Promise<void> {
  const replicating = { connectionString: url, replication: 'true' };
  const client = new pg.Client(replicating);
  client.on('error', () => {}); // the copy itself tells of it
  await client.connect();
  try {
    // Without it, a server that writes much could throw away log that the copy still needs. It goes with the connection.
    await client.query(`CREATE_REPLICATION_SLOT carillon_backup_${process.pid} TEMPORARY PHYSICAL RESERVE_WAL`);
    await new Promise<void>((resolve, reject) => {
      client.query(new BaseBackup(write, resolve, reject));
    });
  } finally {
    await client.end();
  }
}

const command = "BASE_BACKUP (LABEL 'carillon', CHECKPOINT 'fast', WAL true, MANIFEST 'yes')";

/** A query as node-postgres takes it, whose answer is a stream of bytes. */
class BaseBackup implements pg.Submittable {
  readonly #write: (file: BaseFile, bytes: Uint8Array) => void;
  readonly #done: () => void;
  readonly #failed: (error: unknown) => void;
  #connection: pg.Connection | undefined;
  #file: BaseFile = 'base.tar';

  constructor(write: (file: BaseFile, bytes: Uint8Array) => void, done: () => void, failed: (error: unknown) => void) {
    this.#write = write;
    this.#done = done;
    this.#failed = failed;
  }

  submit(connection: pg.Connection): void {
    this.#connection = connection;
    connection.query(command);
  }

  handleCopyData({ chunk }: { chunk: Uint8Array }): void {
    try {
      this.#take(chunk);
    } catch (error) {
      this.#failed(error);
      this.#connection?.stream.destroy();
    }
  }

  /** The first byte says what it is: a new archive, the manifest, bytes of either, or how far it has come. */
  #take(chunk: Uint8Array): void {
    const bytes = chunk.subarray(1);
    switch (String.fromCharCode(chunk[0] ?? 0)) {
      case 'n':
        if (!Buffer.from(bytes).toString('latin1').startsWith('base.tar\0')) throw new Error(otherTablespaces);
        return;
      case 'm':
        this.#file = 'backup_manifest';
        return;
      case 'd':
        this.#write(this.#file, bytes);
    }
  }

  handleError(error: unknown): void {
    this.#failed(error);
  }

  handleReadyForQuery(): void {
    this.#done();
  }

  // Positions in the log, which are in the copy as well.
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}

const otherTablespaces =
  'The server keeps data in tablespaces elsewhere, which Carillon does not copy: use your own tool';
