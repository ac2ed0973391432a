import type { Described } from './described';
import type { Duration, JsonObject, Timestamp } from './proto-json';

/** The events of Certificate Manager. */
export interface CertificateManagerEvents {
  'google.cloud.certificatemanager.certificate.v1.created': Described<
    { payload?: Certificate },
    'certificate'
  >;
  'google.cloud.certificatemanager.certificate.v1.updated': Described<
    { payload?: Certificate },
    'certificate'
  >;
  'google.cloud.certificatemanager.certificate.v1.deleted': Described<
    { payload?: Certificate },
    'certificate'
  >;
  'google.cloud.certificatemanager.certificateMap.v1.created': Described<
    { payload?: CertificateMap },
    'certificatemap'
  >;
  'google.cloud.certificatemanager.certificateMap.v1.updated': Described<
    { payload?: CertificateMap },
    'certificatemap'
  >;
  'google.cloud.certificatemanager.certificateMap.v1.deleted': Described<
    { payload?: CertificateMap },
    'certificatemap'
  >;
  'google.cloud.certificatemanager.certificateMapEntry.v1.created': Described<
    { payload?: CertificateMapEntry },
    'certificatemap' | 'certificatemapentry'
  >;
  'google.cloud.certificatemanager.certificateMapEntry.v1.updated': Described<
    { payload?: CertificateMapEntry },
    'certificatemap' | 'certificatemapentry'
  >;
  'google.cloud.certificatemanager.certificateMapEntry.v1.deleted': Described<
    { payload?: CertificateMapEntry },
    'certificatemap' | 'certificatemapentry'
  >;
  'google.cloud.certificatemanager.dnsAuthorization.v1.created': Described<
    { payload?: DnsAuthorization },
    'dnsauthorization'
  >;
  'google.cloud.certificatemanager.dnsAuthorization.v1.updated': Described<
    { payload?: DnsAuthorization },
    'dnsauthorization'
  >;
  'google.cloud.certificatemanager.dnsAuthorization.v1.deleted': Described<
    { payload?: DnsAuthorization },
    'dnsauthorization'
  >;
  'google.cloud.certificatemanager.certificateIssuanceConfig.v1.created': Described<
    { payload?: CertificateIssuanceConfig },
    'certificateissuanceconfig'
  >;
  'google.cloud.certificatemanager.certificateIssuanceConfig.v1.deleted': Described<
    { payload?: CertificateIssuanceConfig },
    'certificateissuanceconfig'
  >;
}

export interface Certificate {
  name?: string;
  description?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  selfManaged?: JsonObject;
  managed?: CertificateManagedCertificate;
  sanDnsnames?: string[];
  pemCertificate?: string;
  expireTime?: Timestamp;
  scope?: 'DEFAULT' | 'EDGE_CACHE';
}

export interface CertificateManagedCertificate {
  domains?: string[];
  dnsAuthorizations?: string[];
  issuanceConfig?: string;
  state?: 'STATE_UNSPECIFIED' | 'PROVISIONING' | 'FAILED' | 'ACTIVE';
  provisioningIssue?: {
    reason?: 'REASON_UNSPECIFIED' | 'AUTHORIZATION_ISSUE' | 'RATE_LIMITED';
    details?: string;
  };
  authorizationAttemptInfo?: CertificateManagedCertificateAuthorizationAttemptInfo[];
}

export interface CertificateManagedCertificateAuthorizationAttemptInfo {
  domain?: string;
  state?: 'STATE_UNSPECIFIED' | 'AUTHORIZING' | 'AUTHORIZED' | 'FAILED';
  failureReason?: 'FAILURE_REASON_UNSPECIFIED' | 'CONFIG' | 'CAA' | 'RATE_LIMITED';
  details?: string;
}

export interface CertificateMap {
  name?: string;
  description?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  gclbTargets?: CertificateMapGclbTarget[];
}

export interface CertificateMapGclbTarget {
  targetHttpsProxy?: string;
  targetSslProxy?: string;
  ipConfigs?: { ipAddress?: string; ports?: number[] }[];
}

export interface CertificateMapEntry {
  name?: string;
  description?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  hostname?: string;
  matcher?: 'MATCHER_UNSPECIFIED' | 'PRIMARY';
  certificates?: string[];
  state?: 'SERVING_STATE_UNSPECIFIED' | 'ACTIVE' | 'PENDING';
}

export interface DnsAuthorization {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  description?: string;
  domain?: string;
  dnsResourceRecord?: { name?: string; type?: string; data?: string };
}

export interface CertificateIssuanceConfig {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  description?: string;
  certificateAuthorityConfig?: CertificateIssuanceConfigCertificateAuthorityConfig;
  lifetime?: Duration;
  rotationWindowPercentage?: number;
  keyAlgorithm?: 'KEY_ALGORITHM_UNSPECIFIED' | 'RSA_2048' | 'ECDSA_P256';
}

export interface CertificateIssuanceConfigCertificateAuthorityConfig {
  certificateAuthorityServiceConfig?: { caPool?: string };
}
