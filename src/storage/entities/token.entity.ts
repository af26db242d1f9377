import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { TokenRole } from '../../core/token-store';

/** The hash of an API token; the token itself is stored nowhere. */
@Entity({ tableName: 'token' })
export class TokenEntity {
  @PrimaryKey({ type: 'string' })
  role: TokenRole;

  @Property({ type: 'string' })
  hash: string;

  constructor(role: TokenRole, hash: string) {
    this.role = role;
    this.hash = hash;
  }
}
