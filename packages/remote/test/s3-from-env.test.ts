import { expect, it } from 'vitest';
import { s3FromEnv } from '../src/index.ts';

it.each([
  [{}, {}],
  [{ AWS_ACCESS_KEY_ID: 'a' }, {}],
  [
    { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_SESSION_TOKEN: 'c' },
    { credentials: { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' } },
  ],
  [{ AWS_DEFAULT_REGION: 'eu-west-1', AWS_REGION: '' }, { region: 'eu-west-1' }],
  [{ AWS_ENDPOINT_URL: 'http://a', AWS_ENDPOINT_URL_S3: 'http://b' }, { endpoint: 'http://b' }],
])('s3FromEnv(%j) is %j', (env, options) => {
  expect(s3FromEnv(env)).toEqual(options);
});
