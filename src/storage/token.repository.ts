import { TokenRole, TokenStore } from '../core/token-store';
import { Database } from './database';
import { TokenEntity } from './entities/token.entity';

export class TokenRepository extends TokenStore {
  constructor(private readonly database: Database) {
    super();
  }

  find(role: TokenRole): Promise<string | undefined> {
    return this.database.read(async (em) => (await em.findOne(TokenEntity, { role }))?.hash);
  }

  async remove(role: TokenRole): Promise<void> {
    await this.database.write((em) => em.nativeDelete(TokenEntity, { role }));
  }

  save(role: TokenRole, hash: string): Promise<boolean> {
    return this.database.write(async (em) => {
      if (await em.findOne(TokenEntity, { role })) return false;
      await em.persist(new TokenEntity(role, hash)).flush();
      return true;
    });
  }
}
