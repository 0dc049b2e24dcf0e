import { defineStore } from 'pinia'
import { computed, reactive, shallowRef, watch } from 'vue'
import { call, toErrorReply } from '../api.ts'
import { answerIn, blankForm, formFor, type AnswerForm } from '../components/reading/answer-form.ts'
import type { ErrorReply, FileAnswer, FileExamination, TriedReading } from '../contract.ts'
import type { PickedFile } from '../import/batches.ts'
import { readPicked } from '../import/read-picked.ts'
import { forgetsOnLock } from './forgetting.ts'

/** A file that is asked about, and what is done with the answer. */
export interface AskedFile {
  readonly file: string
  /** How it is called in the title; its name where absent. */
  readonly shownAs?: string
  readonly error: ErrorReply | null
  /** It, and what may belong to it. */
  readonly picked: readonly PickedFile[]
  /** @throws AppError where it is refused all the same */
  answer(said: Omit<FileAnswer, 'file'>): Promise<void>
}

/** While somebody types, a try would be out of date before it is back. */
const PAUSE_MS = 300

/** The questions about one file that does not say its units, rate or leads, and what the answers would make of it. */
export const useAnsweringStore = defineStore('answering', () => {
  const asked = shallowRef<AskedFile | null>(null)
  const examination = shallowRef<FileExamination | null>(null)
  const form = reactive<AnswerForm>(blankForm())
  const tried = shallowRef<TriedReading | null>(null)
  const problem = shallowRef<ErrorReply | null>(null)
  const busy = shallowRef(false)
  const isOpen = computed(() => asked.value !== null)
  let files: { name: string; bytes: Uint8Array }[] = []
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(form, () => {
    clearTimeout(timer)
    if (examination.value) timer = setTimeout(() => void tryAnswer(), PAUSE_MS)
  })

  async function open(next: AskedFile): Promise<void> {
    close()
    asked.value = next
    try {
      files = (await readPicked(next.picked)).files
      await examine()
    } catch (caught) {
      problem.value = toErrorReply(caught)
    }
  }

  /** Looks at the file; at another place of it where the user says where a table begins. */
  async function examine(table?: NonNullable<AnswerForm['table']>): Promise<void> {
    const { file } = asked.value!
    const found = await call('reading:examine', { files, file, ...(table && { table: { ...table } }) })
    if (asked.value?.file !== file) return
    examination.value = found
    const { unit, gain, rateHz } = form
    Object.assign(form, formFor(found), table && { unit, gain, rateHz, table })
    if (!table && found.remembered?.table) await examine(found.remembered.table)
  }

  async function lookAt(table: NonNullable<AnswerForm['table']>): Promise<void> {
    try {
      await examine(table)
    } catch (caught) {
      problem.value = toErrorReply(caught)
    }
  }

  async function tryAnswer(): Promise<void> {
    const own = ++turn
    try {
      const answer = answerIn(form, examination.value!)
      const result = await call('reading:try', { files, file: asked.value!.file, answer })
      if (own === turn) [tried.value, problem.value] = [result, null]
    } catch (caught) {
      if (own === turn) [tried.value, problem.value] = [null, toErrorReply(caught)]
    }
  }

  /** Imports the file as tried, and closes the questions where that succeeds. */
  async function submit(): Promise<void> {
    busy.value = true
    try {
      const remember = form.remember && examination.value!.header !== null
      await asked.value!.answer({ answer: answerIn(form, examination.value!), remember })
      close()
    } catch (caught) {
      problem.value = toErrorReply(caught)
    } finally {
      busy.value = false
    }
  }

  function close(): void {
    clearTimeout(timer)
    turn++
    files = []
    asked.value = examination.value = tried.value = problem.value = null
    Object.assign(form, blankForm())
  }

  forgetsOnLock(close)

  return { asked, examination, form, tried, problem, busy, isOpen, open, lookAt, tryAnswer, submit, close }
})
