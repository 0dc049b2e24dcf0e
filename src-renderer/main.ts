import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n } from './i18n.ts'
import { preloadViews, router } from './router.ts'
import { useApplicationStore } from './stores/application.ts'
import './styles/element-plus.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'

const app = createApp(App)
app.use(createPinia())
app.use(i18n)
app.use(router)

const application = useApplicationStore()
app.config.errorHandler = (error) => application.reportDefect(error)
router.onError((error) => application.reportDefect(error))
window.addEventListener('unhandledrejection', (event) => {
  event.preventDefault()
  application.reportDefect(event.reason)
})

app.mount('#app')
void router.isReady().then(preloadViews)
