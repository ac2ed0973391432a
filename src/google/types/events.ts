import type { CloudEvent } from '../../cloudevents/event';
import type { AlloyDbEvents } from './alloydb';
import type { AnalyticsEvents } from './analytics';
import type { ApiGatewayEvents } from './apigateway';
import type { ApigeeRegistryEvents } from './apigeeregistry';
import type { ApiHubEvents } from './apihub';
import type { AuditEvents } from './audit';
import type { AuthEvents } from './auth';
import type { BatchEvents } from './batch';
import type { AppConnectionsEvents } from './beyondcorp-appconnections';
import type { AppConnectorsEvents } from './beyondcorp-appconnectors';
import type { AppGatewaysEvents } from './beyondcorp-appgateways';
import type { CertificateManagerEvents } from './certificatemanager';
import type { CloudBuildEvents } from './cloudbuild';
import type { CloudDmsEvents } from './clouddms';
import type { DatabaseEvents } from './database';
import type { DataConnectEvents } from './dataconnect';
import type { DataflowEvents } from './dataflow';
import type { DataFusionEvents } from './datafusion';
import type { DataplexEvents } from './dataplex';
import type { DatastoreEvents } from './datastore';
import type { DatastreamEvents } from './datastream';
import type { DeployEvents } from './deploy';
import type { EventarcEvents } from './eventarc';
import type { FirebaseAlertsEvents } from './firebasealerts';
import type { FirestoreEvents } from './firestore';
import type { FunctionsEvents } from './functions';
import type { GeminiCloudAssistEvents } from './geminicloudassist';
import type { GkeBackupEvents } from './gkebackup';
import type { GkeHubEvents } from './gkehub';
import type { IotEvents } from './iot';
import type { MemcacheEvents } from './memcache';
import type { MetastoreEvents } from './metastore';
import type { NetworkConnectivityEvents } from './networkconnectivity';
import type { NetworkManagementEvents } from './networkmanagement';
import type { NetworkServicesEvents } from './networkservices';
import type { NotebooksEvents } from './notebooks';
import type { PubSubEvents } from './pubsub';
import type { RedisEvents } from './redis';
import type { RemoteConfigEvents } from './remoteconfig';
import type { SchedulerEvents } from './scheduler';
import type { SpeechEvents } from './speech';
import type { StorageEvents } from './storage';
import type { TestLabEvents } from './testlab';
import type { TranscoderEvents } from './transcoder';
import type { VisionAiEvents } from './visionai';
import type { VmMigrationEvents } from './vmmigration';
import type { WorkflowsEvents } from './workflows';

// From the protos of github.com/googleapis/google-cloudevents 2.1.6, commit 6fda292 of April 2026, in the
// JSON mapping of proto3 (protobuf.dev/programming-guides/json), which is what Google's services send.
// Every member is optional: proto3 leaves out what has its default.

/** Every type of event that Google's services send, with its data and extension attributes. */
export interface DescribedEvents
  extends AlloyDbEvents,
    ApiGatewayEvents,
    ApigeeRegistryEvents,
    ApiHubEvents,
    AuditEvents,
    BatchEvents,
    AppConnectionsEvents,
    AppConnectorsEvents,
    AppGatewaysEvents,
    CertificateManagerEvents,
    CloudBuildEvents,
    CloudDmsEvents,
    DataflowEvents,
    DataFusionEvents,
    DataplexEvents,
    DatastoreEvents,
    DatastreamEvents,
    DeployEvents,
    EventarcEvents,
    FirestoreEvents,
    FunctionsEvents,
    GeminiCloudAssistEvents,
    GkeBackupEvents,
    GkeHubEvents,
    IotEvents,
    MemcacheEvents,
    MetastoreEvents,
    NetworkConnectivityEvents,
    NetworkManagementEvents,
    NetworkServicesEvents,
    NotebooksEvents,
    PubSubEvents,
    RedisEvents,
    SchedulerEvents,
    SpeechEvents,
    StorageEvents,
    TranscoderEvents,
    VisionAiEvents,
    VmMigrationEvents,
    WorkflowsEvents,
    AnalyticsEvents,
    AuthEvents,
    DatabaseEvents,
    DataConnectEvents,
    FirebaseAlertsEvents,
    RemoteConfigEvents,
    TestLabEvents {}

/** The `type` of an event that Google's services send. */
export type GoogleEventType = keyof DescribedEvents;

/** The data of each type of event, as JSON carries it: `GoogleEventData['google.cloud.audit.log.v1.written']`. */
export type GoogleEventData = {
  [Type in GoogleEventType]: DescribedEvents[Type]['data'];
};

/**
 * A CloudEvent of a type that Google's services send, with its data as JSON carries it and the
 * extension attributes that Eventarc adds. 64-bit integers are strings, bytes are base64, times are RFC
 * 3339, and enum values are their names.
 *
 * ```ts
 * cloudEvent('onFile', ({ bucket, data }: GoogleEvent<'google.cloud.storage.object.v1.finalized'>) => {
 *   console.log(bucket, data?.name, BigInt(data?.size ?? 0));
 * });
 * ```
 */
export type GoogleEvent<Type extends GoogleEventType> = {
  [T in Type]: CloudEvent<GoogleEventData[T]> & { type: T } & {
    [Attribute in DescribedEvents[T]['attributes']]?: string;
  };
}[Type];
