import { createRouter, createWebHashHistory } from 'vue-router'
import ImportView from './views/ImportView.vue'
import RecordingView from './views/RecordingView.vue'
import WorkListView from './views/WorkListView.vue'

/**
 * Hash history: the page is served from `app://` or from a random loopback port, and has no server routes. The views of
 * the main job are there at once; the others load when they are opened.
 */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'work-list', component: WorkListView },
    { path: '/import', name: 'import', component: ImportView },
    {
      path: '/recordings/:recordingId',
      name: 'recording',
      component: RecordingView,
      props: true,
    },
    { path: '/models', name: 'models', component: () => import('./views/ModelsView.vue') },
    { path: '/help', name: 'help', component: () => import('./views/HelpView.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
