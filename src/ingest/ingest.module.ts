import { Module } from '@nestjs/common';
import { RedisModule } from '../redis/redis.module';
import { DeadLetters } from './dead-letters';
import { Ears } from './ears';
import { Enrolment } from './enrolment';
import { GatewayClocks } from './gateway-clocks';
import { GatewaysHeard } from './gateways-heard';
import { GatewayMessagesController } from './gateway-messages.controller';
import { Intake } from './intake';
import { Judges } from './judges';
import { MqttDoor } from './mqtt-door';
import { MqttSubscriber } from './mqtt-subscriber';
import { PairingEar } from './pairing-ear';
import { RawBodies } from './raw-bodies';
import { ReadingNews } from './reading-news';
import { ReferenceEar } from './reference-ear';
import { SightingWriter } from './sighting.writer';

/**
 * The doors. With MQTT_URL set it subscribes to that broker; otherwise whoever runs the embedded one hands its messages
 * to `MqttDoor`.
 */
@Module({
  imports: [RedisModule],
  controllers: [GatewayMessagesController],
  providers: [
    Enrolment,
    GatewayClocks,
    GatewaysHeard,
    PairingEar,
    ReferenceEar,
    Ears,
    ReadingNews,
    Judges,
    SightingWriter,
    DeadLetters,
    Intake,
    MqttDoor,
    MqttSubscriber,
    RawBodies,
  ],
  exports: [MqttDoor],
})
export class IngestModule {}
