import type { Described } from './described';
import type { Bytes, Timestamp } from './proto-json';

/** The events of GKE Hub. */
export interface GkeHubEvents {
  'google.cloud.gkehub.membership.v1.created': Described<{ payload?: Membership }, 'membership'>;
  'google.cloud.gkehub.feature.v1.created': Described<{ payload?: GkeHubFeature }, 'feature'>;
  'google.cloud.gkehub.membership.v1.deleted': Described<{ payload?: Membership }, 'membership'>;
  'google.cloud.gkehub.feature.v1.deleted': Described<{ payload?: GkeHubFeature }, 'feature'>;
  'google.cloud.gkehub.membership.v1.updated': Described<{ payload?: Membership }, 'membership'>;
  'google.cloud.gkehub.feature.v1.updated': Described<{ payload?: GkeHubFeature }, 'feature'>;
  'google.cloud.gkehub.scope.v1.created': Described<{ payload?: GkeHubScope }, 'scope'>;
  'google.cloud.gkehub.scope.v1.deleted': Described<{ payload?: GkeHubScope }, 'scope'>;
  'google.cloud.gkehub.membershipBinding.v1.created': Described<
    { payload?: MembershipBinding },
    'membership' | 'membershipbinding'
  >;
  'google.cloud.gkehub.membershipBinding.v1.updated': Described<
    { payload?: MembershipBinding },
    'membership' | 'membershipbinding'
  >;
  'google.cloud.gkehub.membershipBinding.v1.deleted': Described<
    { payload?: MembershipBinding },
    'membership' | 'membershipbinding'
  >;
}

export interface Membership {
  endpoint?: MembershipEndpoint;
  name?: string;
  labels?: Record<string, string>;
  description?: string;
  state?: MembershipState;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  deleteTime?: Timestamp;
  externalId?: string;
  lastConnectionTime?: Timestamp;
  uniqueId?: string;
  authority?: {
    issuer?: string;
    workloadIdentityPool?: string;
    identityProvider?: string;
    oidcJwks?: Bytes;
  };
}

export interface MembershipEndpoint {
  gkeCluster?: { resourceLink?: string; clusterMissing?: boolean };
  onPremCluster?: OnPremCluster;
  multiCloudCluster?: { resourceLink?: string; clusterMissing?: boolean };
  edgeCluster?: { resourceLink?: string };
  applianceCluster?: { resourceLink?: string };
  kubernetesMetadata?: KubernetesMetadata;
  kubernetesResource?: KubernetesResource;
  googleManaged?: boolean;
}

export interface OnPremCluster {
  resourceLink?: string;
  clusterMissing?: boolean;
  adminCluster?: boolean;
  clusterType?: 'CLUSTERTYPE_UNSPECIFIED' | 'BOOTSTRAP' | 'HYBRID' | 'STANDALONE' | 'USER';
}

export interface KubernetesMetadata {
  kubernetesApiServerVersion?: string;
  nodeProviderId?: string;
  nodeCount?: number;
  vcpuCount?: number;
  memoryMb?: number;
  updateTime?: Timestamp;
}

export interface KubernetesResource {
  membershipResources?: ResourceManifest[];
  connectResources?: ResourceManifest[];
  resourceOptions?: { connectVersion?: string; v1beta1Crd?: boolean; k8sVersion?: string };
}

export interface ResourceManifest {
  manifest?: string;
  clusterScoped?: boolean;
}

export interface MembershipState {
  code?: 'CODE_UNSPECIFIED' | 'CREATING' | 'READY' | 'DELETING' | 'UPDATING' | 'SERVICE_UPDATING';
}

export interface GkeHubFeature {
  name?: string;
  labels?: Record<string, string>;
  resourceState?: FeatureResourceState;
  state?: CommonFeatureState;
  membershipStates?: Record<string, MembershipFeatureState>;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  deleteTime?: Timestamp;
  scopeStates?: Record<string, ScopeFeatureState>;
}

export interface FeatureResourceState {
  state?:
    | 'STATE_UNSPECIFIED'
    | 'ENABLING'
    | 'ACTIVE'
    | 'DISABLING'
    | 'UPDATING'
    | 'SERVICE_UPDATING';
}

export interface CommonFeatureState {
  state?: FeatureState;
}

export interface FeatureState {
  code?: 'CODE_UNSPECIFIED' | 'OK' | 'WARNING' | 'ERROR';
  description?: string;
  updateTime?: Timestamp;
}

export interface MembershipFeatureState {
  state?: FeatureState;
}

export interface ScopeFeatureState {
  state?: FeatureState;
}

export interface GkeHubScope {
  name?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  deleteTime?: Timestamp;
  state?: ScopeLifecycleState;
}

export interface ScopeLifecycleState {
  code?: 'CODE_UNSPECIFIED' | 'CREATING' | 'READY' | 'DELETING' | 'UPDATING';
}

export interface MembershipBinding {
  scope?: string;
  fleet?: boolean;
  name?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  deleteTime?: Timestamp;
  state?: MembershipBindingLifecycleState;
}

export interface MembershipBindingLifecycleState {
  code?: 'CODE_UNSPECIFIED' | 'CREATING' | 'READY' | 'DELETING' | 'UPDATING';
}
