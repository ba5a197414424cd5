// A browser as a process of its own, so that a test can stop it as a tablet stops whose cover is closed.
import process from 'node:process';
import { io } from 'socket.io-client';

const [url, levelId] = process.argv.slice(2);
const socket = io(`${url}/live`, { transports: ['websocket'], reconnection: false });
socket.emit('joinLevel', { levelId }, () => process.send('joined'));
socket.on('disconnect', () => process.exit(0));
