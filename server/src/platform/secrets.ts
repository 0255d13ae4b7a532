/** Tokens, codes and their hashes, for modules' services, which never touch the database itself. */
export {
  enrolmentCodeHash,
  hashSecret,
  newEnrolmentCode,
  newToken,
  tokenHash,
  verifySecret,
} from '@visavis/prisma'
