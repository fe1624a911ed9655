import { constants, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Provider } from 'oidc-provider';
import { z } from 'zod';
import { freePort } from '../../scripts/processes/ports.ts';
import { type Stack, startStack } from '../../testing/stack.ts';

/** A real OpenID provider in this process, and a product that lets in whom it knows. */

/** What the provider says of somebody; `groups` may have any shape. */
export type Person = { name: string; groups?: unknown; email?: string; email_verified?: unknown };

const client = { id: 'carillon', secret: 'shared by the provider and Carillon' };

/** The ways in which the provider can sign: with keys of its own, or with the secret that it shares with Carillon. */
export type Signature = 'RS256' | 'PS256' | 'ES256' | 'EdDSA' | 'HS256';
const signatures: Signature[] = ['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256'];

const keys: Record<'rsa' | 'ec' | 'ed', KeyObject> = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  ed: generateKeyPairSync('ed25519').privateKey,
};

/** A token as the provider would sign it, or as somebody would who has another key. */
export function tokenOf(claims: object, alg: Signature | 'none', key: KeyObject = keyOf(alg)): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${signed(Buffer.from(text), alg, key).toString('base64url')}`;
}

const keyOf = (alg: Signature | 'none') => (alg === 'ES256' ? keys.ec : alg === 'EdDSA' ? keys.ed : keys.rsa);

function signed(text: Buffer, alg: Signature | 'none', key: KeyObject): Buffer {
  if (alg === 'none') return Buffer.alloc(0);
  if (alg === 'HS256') return createHmac('sha256', client.secret).update(text).digest();
  if (alg === 'EdDSA') return sign(null, text, key);
  const padding = alg === 'PS256' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : {};
  return sign('sha256', text, { key, dsaEncoding: 'ieee-p1363', ...padding });
}

const lasting = 60 * 60;

export async function startProvider() {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  /** Everybody it knows, by what they type as their login. Who they are counts at the moment of each sign-in. */
  const people = new Map<string, Person>();
  let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end();
  /** What it says instead of the truth, by path. */
  const lies = new Map<string, () => object>();
  const server = createServer((request, response) => {
    const lie = lies.get(new URL(request.url ?? '/', issuer).pathname);
    if (!lie) return answer(request, response);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(lie()));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  return {
    issuer,
    people,
    lies,
    client,
    /** Sends people back to these addresses, and to no others. */
    serve(sites: string[], signature: Signature = 'RS256') {
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: client.id,
            client_secret: client.secret,
            redirect_uris: sites.map((site) => `${site}/api/auth/callback/oidc`),
            id_token_signed_response_alg: signature,
          },
        ],
        jwks: { keys: Object.values(keys).map((key) => ({ ...key.export({ format: 'jwk' }), use: 'sig' })) },
        enabledJWA: { idTokenSigningAlgValues: signatures },
        scopes: ['openid', 'profile', 'email', 'groups'],
        claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'], groups: ['groups'] },
        pkce: { required: () => true },
        ttl: {
          AccessToken: lasting,
          AuthorizationCode: 60,
          Grant: lasting,
          IdToken: lasting,
          Interaction: lasting,
          Session: lasting,
        },
        findAccount: (_, id) => {
          const person = people.get(id);
          if (!person) return undefined;
          return { accountId: id, claims: async () => ({ sub: id, email_verified: true, ...person }) };
        },
        // Nobody is asked whether Carillon may know them: their organization has decided that.
        async loadExistingGrant({ oidc }) {
          const grant = new provider.Grant({ clientId: client.id, accountId: oidc.session?.accountId });
          grant.addOIDCScope('openid profile email groups');
          await grant.save();
          return grant;
        },
        cookies: { keys: ['only for these tests'] },
      });
      answer = provider.callback();
    },
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

export type TestProvider = Awaited<ReturnType<typeof startProvider>>;

/** A product whose operators the provider knows, with an access file that can be edited. */
export async function startOpenStack(provider: TestProvider, rules: object) {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-access-'));
  const accessFile = join(folder, 'access.json');
  const writeRules = (text: object | string) =>
    writeFile(accessFile, typeof text === 'string' ? text : JSON.stringify(text, null, 2));
  await writeRules(rules);
  const env = {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: client.id,
    OIDC_CLIENT_SECRET: client.secret,
    ACCESS_FILE: accessFile,
  };
  const stack = await startStack({ env });
  provider.serve([stack.url]);
  return {
    stack,
    writeRules,
    async stop() {
      await stack.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** A browser without pages: it keeps cookies, and follows where it is sent one step at a time. */
export class Visitor {
  readonly cookies = new Map<string, Map<string, string>>();

  async go(url: string, init: RequestInit = {}): Promise<{ status: number; location: string; text: string }> {
    const { host } = new URL(url);
    const own = this.cookies.get(host) ?? new Map<string, string>();
    this.cookies.set(host, own);
    const cookie = [...own].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie, ...init.headers } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) own.delete(name);
      else own.set(name, value);
    }
    const location = response.headers.get('location');
    return {
      status: response.status,
      location: location === null ? '' : new URL(location, url).href,
      text: await response.text(),
    };
  }

  cookieOf(url: string, name: string): string | undefined {
    return this.cookies.get(new URL(url).host)?.get(name);
  }

  /** The first step: where Carillon sends whoever wants to sign in. */
  async begin({ url }: Pick<Stack, 'url'>, callbackUrl = url): Promise<string> {
    const { csrfToken } = z
      .object({ csrfToken: z.string() })
      .parse(JSON.parse((await this.go(`${url}/api/auth/csrf`)).text));
    const body = new URLSearchParams({ csrfToken, callbackUrl, json: 'true' });
    const { text } = await this.go(`${url}/api/auth/signin/oidc`, { method: 'POST', body });
    return z.object({ url: z.string() }).parse(JSON.parse(text)).url;
  }

  /** The second: at the provider, until it sends them back; the answer is the address it sends them to. */
  async identify(authorize: string, login: string): Promise<string> {
    const issuer = new URL(authorize).origin;
    let { location, text } = await this.go(authorize);
    while (location.startsWith(issuer)) {
      const page = await this.go(location);
      const form = /action="([^"]+)"/.exec(page.text)?.[1];
      const body = new URLSearchParams({ prompt: 'login', login, password: 'whatever' });
      const next = form ? await this.go(new URL(form, issuer).href, { method: 'POST', body }) : page;
      location = next.location;
      text = next.text;
    }
    if (location === '') throw new Error(`The provider does not go on:\n${text}`);
    return location;
  }

  /** All three: the answer is where Carillon leads in the end. */
  async signIn(stack: Pick<Stack, 'url'>, login: string): Promise<string> {
    const back = await this.identify(await this.begin(stack), login);
    return (await this.go(back)).location;
  }
}
