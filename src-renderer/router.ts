import { createRouter, createWebHashHistory } from 'vue-router'
import WorkListView from './views/WorkListView.vue'

const loadImportView = () => import('./views/ImportView.vue')
const loadRecordingView = () => import('./views/RecordingView.vue')

/** Fetches the views of the main job once the first page stands, so that opening them waits for nothing. */
export async function preloadViews(): Promise<void> {
  await Promise.all([loadImportView(), loadRecordingView()])
}

/** Hash history: the page is served from `app://` or from a random loopback port, and has no server routes. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'work-list', component: WorkListView },
    { path: '/import', name: 'import', component: loadImportView },
    {
      path: '/recordings/:recordingId',
      name: 'recording',
      component: loadRecordingView,
      props: true,
    },
    { path: '/studies', name: 'studies', component: () => import('./views/studies/StudiesView.vue') },
    {
      path: '/studies/:studyId',
      name: 'study',
      component: () => import('./views/studies/StudyView.vue'),
      props: true,
    },
    {
      path: '/reading-room/:studyId',
      name: 'reading-room',
      component: () => import('./views/studies/ReadingRoomView.vue'),
      props: true,
    },
    { path: '/patients', name: 'patients', component: () => import('./views/PatientsView.vue') },
    {
      path: '/patients/new',
      name: 'new-patient',
      component: () => import('./views/NewPatientView.vue'),
      props: (route) => ({ recordingId: String(route.query.recording ?? '') }),
    },
    { path: '/patients/duplicates', name: 'duplicates', component: () => import('./views/DuplicatesView.vue') },
    {
      path: '/patients/:patientId',
      name: 'patient',
      component: () => import('./views/PatientView.vue'),
      props: true,
    },
    {
      path: '/patients/:patientId/edit',
      name: 'edit-patient',
      component: () => import('./views/PatientView.vue'),
      props: (route) => ({ patientId: String(route.params.patientId), editing: true }),
    },
    { path: '/exchange', name: 'exchange', component: () => import('./views/ExchangeView.vue') },
    { path: '/batches', name: 'batches', component: () => import('./views/batches/BatchesView.vue') },
    {
      path: '/batches/:batchId',
      name: 'batch',
      component: () => import('./views/batches/BatchView.vue'),
      props: true,
    },
    { path: '/models', name: 'models', component: () => import('./views/ModelsView.vue') },
    {
      path: '/administration',
      component: () => import('./views/admin/AdministrationView.vue'),
      children: [
        { path: '', name: 'administration', redirect: { name: 'admin-people' } },
        { path: 'people', name: 'admin-people', component: () => import('./views/admin/PeopleView.vue') },
        { path: 'backup', name: 'admin-backup', component: () => import('./views/admin/BackupView.vue') },
        { path: 'audit', name: 'admin-audit', component: () => import('./views/admin/AuditView.vue') },
        { path: 'settings', name: 'admin-settings', component: () => import('./views/admin/SettingsView.vue') },
        { path: 'keys', name: 'admin-keys', component: () => import('./views/admin/KeysView.vue') },
      ],
    },
    { path: '/help', name: 'help', component: () => import('./views/HelpView.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
