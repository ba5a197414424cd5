import { mount } from 'svelte';
import './tokens.css';
import './base.css';
import Page from './screens/Page.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
mount(Page, { target });
