// An OpenID provider that is not Hansa's own: panva's oidc-provider with one public client for the command and one
// confidential client for a node. Anybody logs in as whoever they say. For tests only, on loopback only.
//
//   node server.mjs FOLDER PORT      keys are read from FOLDER/jwks.json, made there if missing
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Provider } from 'oidc-provider';

const [folder, port] = process.argv.slice(2);
const keysFile = `${folder}/jwks.json`;

function freshKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
}

if (!existsSync(keysFile)) {
  writeFileSync(keysFile, JSON.stringify({ keys: [freshKey()] }), { mode: 0o600 });
}

const entitlements = [
  'urn:mace:egi.eu:group:vo.example.org:cloud:role=vm_operator#aai.egi.eu',
  'urn:mace:egi.eu:group:vo.example.org:role=member#aai.egi.eu',
  'urn:mace:egi.eu:group:other.example.org:role=manager#aai.egi.eu',
];

const provider = new Provider(`http://127.0.0.1:${port}`, {
  jwks: JSON.parse(readFileSync(keysFile, 'utf8')),
  clients: [
    {
      client_id: 'hansa-cli',
      token_endpoint_auth_method: 'none',
      application_type: 'native',
      grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
      response_types: [],
      redirect_uris: [],
    },
    {
      client_id: 'hansa-node',
      client_secret: 'a secret of tests alone',
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
    },
  ],
  cookies: { keys: [randomUUID()] },
  scopes: ['openid', 'offline_access', 'profile'],
  claims: { openid: ['sub'], profile: ['name', 'entitlements'] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `Somebody called ${id}`, entitlements }),
  }),
  extraTokenClaims: (_, token) => (token.accountId ? { name: `Somebody called ${token.accountId}`, entitlements } : {}),
  issueRefreshToken: () => true,
  rotateRefreshToken: true,
  features: {
    devInteractions: { enabled: true },
    deviceFlow: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      useGrantedResource: () => true,
      getResourceServerInfo: (_, resource) => ({
        scope: 'openid profile',
        audience: resource,
        accessTokenFormat: resource.endsWith('opaque') ? 'opaque' : 'jwt',
        // Shorter than what the command takes for fresh, so that it refreshes with each use.
        accessTokenTTL: resource.endsWith('short') ? 30 : 3600,
      }),
    },
  },
  ttl: {
    AccessToken: (_, token) => token.resourceServer?.accessTokenTTL ?? 3600,
    DeviceCode: 300,
    Grant: 3600,
    IdToken: 3600,
    Interaction: 300,
    RefreshToken: 3600,
    Session: 3600,
  },
});

// A new first key signs from the next start on; the old one stays published.
process.on('SIGUSR2', () => {
  const { keys } = JSON.parse(readFileSync(keysFile, 'utf8'));
  writeFileSync(keysFile, JSON.stringify({ keys: [freshKey(), ...keys].slice(0, 2) }), { mode: 0o600 });
  process.exit(0);
});

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
