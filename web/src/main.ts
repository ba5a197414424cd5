import { mount } from 'svelte';
import './tokens.css';
import './base.css';
import { appUpdate } from './lib/app-update.svelte';
import Page from './screens/Page.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
mount(Page, { target });
if (import.meta.env.PROD) void appUpdate.start();
