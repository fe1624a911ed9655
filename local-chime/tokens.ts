import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { refuse } from './errors.ts';

const tokenShape = /^[A-Za-z0-9_-]{32}$/; // 8 bytes of position and 16 of seal, in base64url without slack bits

/** Page tokens: the position of the last one listed, sealed together with the listing that it belongs to. */
export class PageTokens {
  readonly #key: KeyObject;

  constructor(key: Uint8Array) {
    this.#key = createSecretKey(key);
  }

  /** The token that continues `listing` (operation, account and filters) after `position`. */
  issue(listing: readonly unknown[], position: number): string {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(position));
    return Buffer.concat([bytes, this.#seal(listing, bytes)]).toString('base64url');
  }

  /** The position a token stands for; BadRequest if it was not issued for exactly this listing. */
  position(listing: readonly unknown[], token: string): number {
    if (!tokenShape.test(token)) refuseToken();
    const bytes = Buffer.from(token, 'base64url');
    const position = bytes.subarray(0, 8);
    if (!timingSafeEqual(bytes.subarray(8), this.#seal(listing, position))) refuseToken();
    return Number(position.readBigUInt64BE());
  }

  #seal(listing: readonly unknown[], position: Uint8Array): Buffer {
    const seal = createHmac('sha256', this.#key).update(position).update(JSON.stringify(listing)).digest();
    return seal.subarray(0, 16);
  }
}

function refuseToken(): never {
  return refuse('BadRequestException', 'The next-token is not one of this listing');
}
