import type { Described } from './described';
import type { Int64, Timestamp } from './proto-json';

/** The events of Firebase Alerts. */
export interface FirebaseAlertsEvents {
  'google.firebase.firebasealerts.alerts.v1.published': Described<AlertData, 'alerttype' | 'appid'>;
}

export interface AlertData {
  createTime?: Timestamp;
  endTime?: Timestamp;
  payload?: AlertPayload;
}

export interface CrashlyticsNewFatalIssuePayload {
  issue?: CrashlyticsIssue;
}

export interface CrashlyticsIssue {
  id?: string;
  title?: string;
  subtitle?: string;
  appVersion?: string;
}

export interface CrashlyticsNewNonfatalIssuePayload {
  issue?: CrashlyticsIssue;
}

export interface CrashlyticsRegressionAlertPayload {
  type?: string;
  issue?: CrashlyticsIssue;
  resolveTime?: Timestamp;
}

export interface CrashlyticsVelocityAlertPayload {
  issue?: CrashlyticsIssue;
  createTime?: Timestamp;
  crashCount?: Int64;
  crashPercentage?: number;
  firstVersion?: string;
}

export interface CrashlyticsStabilityDigestPayload {
  digestDate?: { year?: number; month?: number; day?: number };
  trendingIssues?: CrashlyticsStabilityDigestPayloadTrendingIssueDetails[];
}

export interface CrashlyticsStabilityDigestPayloadTrendingIssueDetails {
  type?: string;
  issue?: CrashlyticsIssue;
  eventCount?: Int64;
  userCount?: Int64;
}

export interface CrashlyticsNewAnrIssuePayload {
  issue?: CrashlyticsIssue;
}

export interface CrashlyticsMissingSymbolsPayload {
  appVersion?: string;
  uuid?: string;
}

export interface FireperfThresholdAlertPayload {
  eventName?: string;
  eventType?: string;
  metricType?: string;
  numSamples?: Int64;
  thresholdValue?: number;
  thresholdUnit?: string;
  conditionPercentile?: number;
  appVersion?: string;
  violationValue?: number;
  violationUnit?: string;
  investigateUri?: string;
}

export interface AppDistroNewTesterIosDevicePayload {
  testerName?: string;
  testerEmail?: string;
  testerDeviceModelName?: string;
  testerDeviceIdentifier?: string;
}

export interface AppDistroInAppFeedbackPayload {
  feedbackReport?: string;
  feedbackConsoleUri?: string;
  testerName?: string;
  testerEmail?: string;
  appVersion?: string;
  text?: string;
  screenshotUri?: string;
}

export interface BillingPlanUpdatePayload {
  billingPlan?: string;
  principalEmail?: string;
  notificationType?: string;
}

export interface BillingPlanAutomatedUpdatePayload {
  billingPlan?: string;
  notificationType?: string;
}

/** What an alert tells; `@type` says which. */
export type AlertPayload =
  | Alert<'CrashlyticsNewFatalIssuePayload', CrashlyticsNewFatalIssuePayload>
  | Alert<'CrashlyticsNewNonfatalIssuePayload', CrashlyticsNewNonfatalIssuePayload>
  | Alert<'CrashlyticsRegressionAlertPayload', CrashlyticsRegressionAlertPayload>
  | Alert<'CrashlyticsVelocityAlertPayload', CrashlyticsVelocityAlertPayload>
  | Alert<'CrashlyticsStabilityDigestPayload', CrashlyticsStabilityDigestPayload>
  | Alert<'CrashlyticsNewAnrIssuePayload', CrashlyticsNewAnrIssuePayload>
  | Alert<'CrashlyticsMissingSymbolsPayload', CrashlyticsMissingSymbolsPayload>
  | Alert<'FireperfThresholdAlertPayload', FireperfThresholdAlertPayload>
  | Alert<'AppDistroNewTesterIosDevicePayload', AppDistroNewTesterIosDevicePayload>
  | Alert<'AppDistroInAppFeedbackPayload', AppDistroInAppFeedbackPayload>
  | Alert<'BillingPlanUpdatePayload', BillingPlanUpdatePayload>
  | Alert<'BillingPlanAutomatedUpdatePayload', BillingPlanAutomatedUpdatePayload>;

type Alert<Name extends string, Payload> = {
  '@type': `type.googleapis.com/google.events.firebase.firebasealerts.v1.${Name}`;
} & Payload;
