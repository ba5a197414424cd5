import { expect, test } from 'vitest';
import { decodeOpenMqttGateway } from '../../src/ingest/decoders/openmqttgateway';
import { changed, onTopic, read, readMessage, refusal } from './read-message';

const topic = 'home/OMG_ED/BTtoMQTT/6087574C9BC2';
const heard = (body: unknown) => read(decodeOpenMqttGateway, onTopic(topic, body)).reports[0]?.heard[0];

test('an iBeacon is known by its payload first and its address second', () => {
  const { reports } = read(decodeOpenMqttGateway, onTopic(topic, readMessage('openmqttgateway-ibeacon.json')));
  expect(reports[0]?.gatewayIds).toEqual(['omg_ed']);
  expect(reports[0]?.heard).toEqual([
    {
      identities: ['ibeacon:1de4b189115e45f6b44e509352269977-0-0', '6087574c9bc2'],
      rssi: -78,
      heardAt: null,
      measured: [],
    },
  ]);
});

test('numbers that older builds print as text are numbers', () => {
  expect(heard(readMessage('openmqttgateway-strings.json'))).toMatchObject({
    identities: ['a4c138112233'],
    rssi: -81,
    measured: [
      { kind: 'temperature', value: 21.4 },
      { kind: 'humidity', value: 52.6 },
      { kind: 'battery', value: 64 },
      { kind: 'voltage', value: 2.71 },
    ],
  });
});

test('major and minor printed as text still make the same iBeacon', () => {
  const body = { id: '60:87:57:4C:9B:C2', rssi: -70, uuid: '1DE4B189115E45F6B44E509352269977', major: '3', minor: '7' };
  expect(heard(body)?.identities[0]).toBe('ibeacon:1de4b189115e45f6b44e509352269977-3-7');
});

test("an iBeacon's `volt` is its reference power misread, not a voltage", () => {
  const body = changed('openmqttgateway-ibeacon.json', { txpower: undefined, volt: 3.1 });
  expect(heard(body)?.measured).toEqual([]);
});

test('with presenceUseBeaconUuid the address is in `mac` and the UUID in `id`', () => {
  const uuid = '1de4b189115e45f6b44e509352269977';
  const body = { id: uuid, mac: '60:87:57:4C:9B:C2', rssi: -70, uuid, major: 1, minor: 2 };
  expect(heard(body)?.identities).toEqual([`ibeacon:${uuid}-1-2`, '6087574c9bc2', uuid]);
});

test('raw manufacturer data is read by ourselves, before what the gateway made of it', () => {
  const ruuvi = '990405' + '12fc5394c37c0004fffc040cac364200cdcbb8334c884f';
  const found = heard({ id: 'CB:B8:33:4C:88:4F', rssi: -60, manufacturerdata: ruuvi, tempc: 99 });
  expect(found?.measured).toContainEqual({ kind: 'temperature', value: 24.3 });
});

test('raw service data is read by ourselves', () => {
  const body = {
    id: 'AC:23:3F:5E:6A:7B',
    rssi: -60,
    servicedatauuid: '0xffe1',
    servicedata: 'a1016416803200aabbccddeeff',
  };
  expect(heard(body)?.measured).toEqual([
    { kind: 'temperature', value: 22.5 },
    { kind: 'humidity', value: 50 },
    { kind: 'battery', value: 100 },
  ]);
});

test('an unknown device has its address and nothing more', () => {
  expect(heard(readMessage('openmqttgateway-raw.json'))).toMatchObject({ identities: ['54945e9f64c4'], measured: [] });
});

test('other topics of the gateway are no sightings', () => {
  expect(refusal(decodeOpenMqttGateway, onTopic('home/OMG_ED/LWT', undefined))).toBe('not-sightings');
  expect(refusal(decodeOpenMqttGateway, onTopic('home/OMG_ED/SYStoMQTT', { uptime: 3 }))).toBe('not-sightings');
});
