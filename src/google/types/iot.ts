import type { RpcStatus } from './common';
import type { Described } from './described';
import type { Bytes, Int64, Timestamp } from './proto-json';

/** The events of Cloud IoT. */
export interface IotEvents {
  'google.cloud.iot.v1.DeviceManager.CreateDevice': Described<
    { payload?: IotDevice },
    'device' | 'registry'
  >;
  'google.cloud.iot.v1.DeviceManager.UpdateDevice': Described<
    { payload?: IotDevice },
    'device' | 'registry'
  >;
  'google.cloud.iot.v1.DeviceManager.DeleteDevice': Described<
    { payload?: IotDevice },
    'device' | 'registry'
  >;
  'google.cloud.iot.v1.DeviceManager.CreateDeviceRegistry': Described<
    { payload?: DeviceRegistry },
    'registry'
  >;
  'google.cloud.iot.v1.DeviceManager.UpdateDeviceRegistry': Described<
    { payload?: DeviceRegistry },
    'registry'
  >;
  'google.cloud.iot.v1.DeviceManager.DeleteDeviceRegistry': Described<
    { payload?: DeviceRegistry },
    'registry'
  >;
}

export interface IotDevice {
  id?: string;
  name?: string;
  numId?: Int64;
  credentials?: DeviceCredential[];
  lastHeartbeatTime?: Timestamp;
  lastEventTime?: Timestamp;
  lastStateTime?: Timestamp;
  lastConfigAckTime?: Timestamp;
  lastConfigSendTime?: Timestamp;
  blocked?: boolean;
  lastErrorTime?: Timestamp;
  lastErrorStatus?: RpcStatus;
  config?: {
    version?: Int64;
    cloudUpdateTime?: Timestamp;
    deviceAckTime?: Timestamp;
    binaryData?: Bytes;
  };
  state?: { updateTime?: Timestamp; binaryData?: Bytes };
  logLevel?: IotLogLevel;
  metadata?: Record<string, string>;
  gatewayConfig?: GatewayConfig;
}

export interface DeviceCredential {
  publicKey?: PublicKeyCredential;
  expirationTime?: Timestamp;
}

export interface PublicKeyCredential {
  format?:
    | 'UNSPECIFIED_PUBLIC_KEY_FORMAT'
    | 'RSA_PEM'
    | 'RSA_X509_PEM'
    | 'ES256_PEM'
    | 'ES256_X509_PEM';
  key?: string;
}

export type IotLogLevel = 'LOG_LEVEL_UNSPECIFIED' | 'NONE' | 'ERROR' | 'INFO' | 'DEBUG';

export interface GatewayConfig {
  gatewayType?: 'GATEWAY_TYPE_UNSPECIFIED' | 'GATEWAY' | 'NON_GATEWAY';
  gatewayAuthMethod?:
    | 'GATEWAY_AUTH_METHOD_UNSPECIFIED'
    | 'ASSOCIATION_ONLY'
    | 'DEVICE_AUTH_TOKEN_ONLY'
    | 'ASSOCIATION_AND_DEVICE_AUTH_TOKEN';
  lastAccessedGatewayId?: string;
  lastAccessedGatewayTime?: Timestamp;
}

export interface DeviceRegistry {
  id?: string;
  name?: string;
  eventNotificationConfigs?: { subfolderMatches?: string; pubsubTopicName?: string }[];
  stateNotificationConfig?: { pubsubTopicName?: string };
  mqttConfig?: { mqttEnabledState?: 'MQTT_STATE_UNSPECIFIED' | 'MQTT_ENABLED' | 'MQTT_DISABLED' };
  httpConfig?: { httpEnabledState?: 'HTTP_STATE_UNSPECIFIED' | 'HTTP_ENABLED' | 'HTTP_DISABLED' };
  logLevel?: IotLogLevel;
  credentials?: RegistryCredential[];
}

export interface RegistryCredential {
  publicKeyCertificate?: PublicKeyCertificate;
}

export interface PublicKeyCertificate {
  format?: 'UNSPECIFIED_PUBLIC_KEY_CERTIFICATE_FORMAT' | 'X509_CERTIFICATE_PEM';
  certificate?: string;
  x509Details?: X509CertificateDetails;
}

export interface X509CertificateDetails {
  issuer?: string;
  subject?: string;
  startTime?: Timestamp;
  expiryTime?: Timestamp;
  signatureAlgorithm?: string;
  publicKeyType?: string;
}
