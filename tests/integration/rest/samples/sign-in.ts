import { BUILT_SECRET, BUILT_SECRET_HASH } from '@visavis/prisma/seed'
import { PIN } from '../support/people-and-places.ts'
import type { SampleMaker, SampleWorld } from './sample.ts'

type SignInRoute = 'signIn' | 'signOut' | 'me' | 'inmateSignIn' | 'inmateSignOut'

// What another sample did to the password is put right.
const AS_BUILT = { passwordHash: BUILT_SECRET_HASH }

/** Samples of signing in and out. */
export function signInSamples({ world, place }: SampleWorld): Record<SignInRoute, SampleMaker> {
  return {
    signIn: async () => {
      const where = { accountId: place().accounts.visitor }
      await world().db.totp.deleteMany({ where })
      const { login } = await world().db.account.update({ where, data: AS_BUILT })
      return { payload: { login, password: BUILT_SECRET } }
    },
    signOut: async () => ({}),
    me: async () => ({}),
    inmateSignIn: async () => ({ payload: { pin: PIN } }),
    inmateSignOut: async () => ({}),
  }
}
