/** An identity provider on this machine: publishes its keys and signs tokens for people. */
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Role } from '../../shared/http/person.ts';

export const tokenIssuer = async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/keys' ? 200 : 404;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: [jwk] }));
  });
  const port = await new Promise<number>((found, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') found(address.port);
    });
  });
  const issuer = `http://127.0.0.1:${port}`;
  return {
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_AUDIENCE: 'gongkai',
      OIDC_JWKS: `${issuer}/keys`,
      ROLES_CLAIM: 'gongkai/roles',
    },
    token: (subject: string, roles: readonly Role[], audience = 'gongkai') =>
      new SignJWT({ 'gongkai/roles': roles })
        .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setExpirationTime('5m')
        .sign(privateKey),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
export type TokenIssuer = Awaited<ReturnType<typeof tokenIssuer>>;
