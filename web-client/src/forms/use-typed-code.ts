import type { FailureCode } from '@visavis/ui'
import { useState } from 'react'
import { useDigits } from './CodeField.tsx'
import { textOf } from './form-text.ts'
import { useProblems } from './use-problems.ts'
import type { Problems } from './use-problems.ts'

type Answer<Data> =
  { readonly ok: true; readonly data: Data } | { readonly ok: false; readonly code: FailureCode }

/** What a page does with the six digits that somebody types into its `CodeField`. */
export type TypedCode<Data> = {
  readonly send: (digits: string) => Promise<Answer<Data>>
  readonly onTaken: (data: Data) => void
}

/** A form with a `CodeField`: sends its digits once they are six, and shows beside the field what is wrong. */
export function useTypedCode<Data>({ send, onTaken }: TypedCode<Data>): {
  readonly problems: Problems
  readonly isBusy: boolean
  readonly submit: (form: FormData) => void
} {
  const problems = useProblems()
  const read = useDigits()
  const [isBusy, setIsBusy] = useState(false)
  const submit = async (form: FormData) => {
    const { digits, problem } = read(textOf(form, 'code'))
    if (digits === null) {
      problems.show([{ fieldId: 'code', text: problem }])
      return
    }
    setIsBusy(true)
    const result = await send(digits)
    setIsBusy(false)
    if (result.ok) onTaken(result.data)
    else problems.showFailure(result.code, 'code')
  }
  return { problems, isBusy, submit: (form) => void submit(form) }
}
