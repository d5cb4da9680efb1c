// Holds the manifests in deploy/ against the JSON schemas that Kubernetes, Knative, KEDA and the
// Prometheus Operator publish, and shows for each kind that a broken manifest would be found.
//
//   node manifest-test.js DEPLOY_FOLDER

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseAllDocuments } from "yaml";
import { Deployment } from "kubernetes-models/apps/v1";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { Role, RoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1";
import { Service, ServiceAccount } from "kubernetes-models/v1";
import { Service as KnativeService } from "@kubernetes-models/knative/serving.knative.dev/v1/Service";
import { ScaledObject } from "@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject";
import { PrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";

const deploy = process.argv[2];

// For each kind: what checks it, what must be there, and what has another type.
const kinds = {
  "apps/v1 Deployment": [Deployment, "spec.selector", "spec.minReadySeconds"],
  "v1 Service": [Service, null, "spec.ports"],
  "v1 ServiceAccount": [ServiceAccount, null, "metadata"],
  "policy/v1 PodDisruptionBudget": [PodDisruptionBudget, null, "spec.selector"],
  "autoscaling/v2 HorizontalPodAutoscaler": [
    HorizontalPodAutoscaler,
    "spec.scaleTargetRef.name",
    "spec.maxReplicas",
  ],
  "rbac.authorization.k8s.io/v1 Role": [Role, "rules.0.verbs", "rules"],
  "rbac.authorization.k8s.io/v1 RoleBinding": [RoleBinding, "roleRef", "subjects"],
  "serving.knative.dev/v1 Service": [
    KnativeService,
    "spec.template.spec.containers.0.ports.0.containerPort",
    "spec.template.spec.containerConcurrency",
  ],
  "keda.sh/v1alpha1 ScaledObject": [
    ScaledObject,
    "spec.scaleTargetRef.name",
    "spec.maxReplicaCount",
  ],
  "monitoring.coreos.com/v1 ServiceMonitor": [
    ServiceMonitor,
    "spec.selector",
    "spec.endpoints",
  ],
  "monitoring.coreos.com/v1 PrometheusRule": [
    PrometheusRule,
    "spec.groups.0.name",
    "spec.groups",
  ],
};

// What kustomize reads itself, and patches, which are no whole manifests.
const isNoManifest = (file) =>
  file.endsWith("kustomization.yaml") ||
  file === "keda/name-reference.yaml" ||
  file === "kubernetes/example/settings.yaml";

let passed = 0;
let failed = 0;

function check(what, problem) {
  if (problem === null) {
    passed++;
    return;
  }
  failed++;
  console.log(`FAILED: ${what}: ${problem}`);
}

function problemOf(Kind, manifest) {
  try {
    new Kind(manifest).validate();
    return null;
  } catch (error) {
    return error.message;
  }
}

function change(manifest, path, changer) {
  const copy = structuredClone(manifest);
  const keys = path.split(".");
  const last = keys.pop();
  changer(keys.reduce((node, key) => node[key], copy), last);
  return copy;
}

const broken = new Set();

const has = (manifest, path) =>
  path === null || path.split(".").reduce((node, key) => node?.[key], manifest) !== undefined;

function checkBreaking(file, kind, manifest) {
  const [Kind, required, typed] = kinds[kind];
  if (broken.has(kind) || !has(manifest, required) || !has(manifest, typed)) {
    return;
  }
  broken.add(kind);
  const ways = { "of another type": [typed, (node, key) => (node[key] = "no such thing")] };
  if (required !== null) {
    ways.missing = [required, (node, key) => delete node[key]];
  }
  for (const [way, [path, changer]] of Object.entries(ways)) {
    const found = problemOf(Kind, change(manifest, path, changer)) !== null;
    check(`${file} with ${path} ${way}`, found ? null : "is not found to be wrong");
  }
}

for (const folder of ["kubernetes", "knative", "keda"]) {
  const names = readdirSync(join(deploy, folder), { recursive: true }).sort();
  for (const name of names.filter((each) => each.endsWith(".yaml"))) {
    const file = relative(deploy, join(deploy, folder, name));
    if (isNoManifest(file)) {
      continue;
    }
    for (const document of parseAllDocuments(readFileSync(join(deploy, file), "utf8"))) {
      const manifest = document.toJS();
      const kind = `${manifest.apiVersion} ${manifest.kind}`;
      if (!(kind in kinds)) {
        check(file, `no schema is here for ${kind}`);
        continue;
      }
      check(file, problemOf(kinds[kind][0], manifest));
      checkBreaking(file, kind, manifest);
    }
  }
}
for (const kind of Object.keys(kinds)) {
  check(kind, broken.has(kind) ? null : "there is no manifest to break");
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
