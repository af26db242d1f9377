import { makeSecret, readSecret, signedHeaders, writeSecret } from './webhook-secret';

describe('signatures of webhooks', () => {
  it('are those of the standard', () => {
    // The example of the standard's own libraries.
    const secret = readSecret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    const headers = signedHeaders(secret!, {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      body: '{"test": 2432232314}',
      at: new Date(1_614_265_330_000),
    });
    expect(headers).toMatchObject({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('have secrets that can be written down and read again', () => {
    const made = makeSecret();
    expect(made).toHaveLength(32);
    expect(readSecret(writeSecret(made))).toEqual(made);
  });

  it.each([
    '',
    'whsec_',
    'whsec_c2hvcnQ=',
    'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    `whsec_${'A'.repeat(92)}`,
    'whsec_%%%%',
  ])('have no secret such as "%s"', (text) => expect(readSecret(text)).toBeUndefined());
});
