import { createRouter, createWebHashHistory } from 'vue-router'
import WorkListView from './views/WorkListView.vue'

/** Hash history: the page is served from `app://` or from a random loopback port, and has no server routes. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'work-list', component: WorkListView },
    { path: '/import', name: 'import', component: () => import('./views/ImportView.vue') },
    {
      path: '/recordings/:recordingId',
      name: 'recording',
      component: () => import('./views/RecordingView.vue'),
      props: true,
    },
    { path: '/models', name: 'models', component: () => import('./views/ModelsView.vue') },
    { path: '/help', name: 'help', component: () => import('./views/HelpView.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
