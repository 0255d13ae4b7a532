import { Prisma } from '@visavis/prisma'

/** What the database answered to a write: `stored`, or its error's text, which names the constraint. */
export async function answerTo(write: Promise<unknown>): Promise<string> {
  try {
    await write
    return 'stored'
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError) return error.message
    throw error
  }
}
