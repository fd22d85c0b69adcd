// Makes the throw-away key and certificate with which the local WeChat answers in the name of WeChat's hosts.
import 'reflect-metadata' // @peculiar/x509 wants it loaded first
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

/** Every host that wechat4u derives from a login at wx.qq.com or wx2.qq.com (its util/conf.js), and nothing else. */
export const weChatHosts: readonly string[] = [
  'login.weixin.qq.com',
  ...['wx.qq.com', 'wx2.qq.com', 'wx8.qq.com'].flatMap((host) => [
    host,
    `login.${host}`,
    `file.${host}`,
    `webpush.${host}`,
  ]),
]

const day = 24 * 60 * 60 * 1000
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** PEM texts: the authority that clients must trust, and the server's own certificate with its private key. */
interface Certificate {
  authority: string
  certificate: string
  key: string
}

/**
 * Makes a certificate authority and a server certificate for {@link weChatHosts}, valid for a week. The authority's key is
 * forgotten on return, so nothing else can ever be signed with it. P-256, because each of wechat4u's requests makes a new
 * connection and RSA handshakes would be the slow part.
 */
export async function makeCertificate(): Promise<Certificate> {
  const notBefore = new Date(Date.now() - day)
  const notAfter = new Date(Date.now() + 7 * day)
  const authorityKeys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const authority = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=quanzi stand-in (throw-away)',
      serialNumber: '01',
      notBefore,
      notAfter,
      signingAlgorithm: algorithm,
      keys: authorityKeys,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      ],
    },
    webcrypto,
  )
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.create(
    {
      subject: 'CN=wx.qq.com',
      issuer: authority.subject,
      serialNumber: '02',
      notBefore,
      notAfter,
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: authorityKeys.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.SubjectAlternativeNameExtension(weChatHosts.map((value) => ({ type: 'dns', value }))),
      ],
    },
    webcrypto,
  )
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return {
    authority: authority.toString('pem'),
    certificate: certificate.toString('pem'),
    key: x509.PemConverter.encode(key, 'PRIVATE KEY'),
  }
}
