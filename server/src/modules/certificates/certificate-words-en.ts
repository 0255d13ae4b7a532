import type { CertificateWords } from './certificate-words.ts'

/** In English. */
export const en: CertificateWords = {
  title: 'Certificate of a confidential visit',
  subtitle: 'What was connected to this visit, and what was not',
  number: 'Certificate no.',
  finding: {
    CLEAN: 'Nobody else was connected',
    GAPS: 'Nobody else was connected, as far as is known',
    VIOLATED: 'Something was found that may not be there',
  },
  findingText: {
    CLEAN:
      'From the beginning to the end of this visit, nothing but the devices of the people in it received its sound or picture from this service.',
    GAPS: 'In the time that was counted, nothing but the devices of the people in this visit received its sound or picture from this service. For the stretches listed among the figures nothing is known.',
    VIOLATED:
      'This service found something in this visit that may not be there. The visit was closed at once. What was found is listed among the figures.',
  },
  visit: 'The visit',
  terms: {
    reference: 'Visit',
    facility: 'Facility',
    class: 'Class',
    privileged: 'Privileged: never watched, never recorded',
    booked: 'Booked',
    media: 'Sound and picture flowed',
    noMedia: 'Never',
    ended: 'Ended',
    delivered: 'Both sides heard and saw',
    participants: 'People in it',
  },
  minutes: 'min',
  proves: 'What this certificate proves',
  provesNot: 'What it does not prove',
  statements: {
    NO_OTHER_RECEIVER:
      'No officer and nobody else received sound or picture of this visit from this service: there was never a receiver but the people’s own devices.',
    NO_RECORDER: 'No recorder was ever connected, and no recording of this visit exists here.',
    NO_WAY_OUT:
      'Its media had a path of its own in the server, on which no way to another machine or program was ever opened.',
    LIBRARY_COUNTED:
      'All this was counted every five seconds and at each change from the events of the media library itself, apart from the code that runs visits.',
    UNCHANGED_SINCE:
      'Nothing in this certificate was changed, left out or added since it was signed: the lines form a chain, and the whole is signed.',
    CLOSED_WHEN_FOUND: 'What may not be there was noticed, and the visit was closed.',
    CAMERA_BESIDE:
      'That no camera, microphone or person was beside a terminal or the visitor: this service cannot see them.',
    CHANGED_DEVICE: 'That no terminal, telephone or computer was tampered with.',
    EXCHANGED_SOFTWARE:
      'That the server ran our software and no other: the certificate says what this software counted, and who runs the server could replace it.',
    READABLE_IN_SERVER:
      'That the service could not have read the media: it passes through the server’s memory unencrypted, as in every such service without encryption from end to end.',
    OTHER_CHANNELS: 'Anything about telephone calls, letters, or visits outside this service.',
    GAPS_NOT_COVERED:
      'Anything about the stretches of time of which nothing is known; they are listed among the figures.',
  },
  check: 'How to check it',
  checkText:
    'The signed document is the JSON file that belongs to this paper. Check it with the verifier, which is one file, needs no network, and can be read: compare the fingerprint below with the one that the operator has published, and the SHA-256 with that of your file.',
  fingerprint: 'Fingerprint of the key (Ed25519)',
  sha256: 'SHA-256 of the JSON file',
  issued: 'Issued',
  figures: 'Figures',
  figuresText:
    'The most of each thing that there ever was at once, over all lines of the census. What came and went between two lines is counted, too.',
  counted: 'Counted',
  most: 'Most at once',
  expected: 'Expected',
  counts: {
    seats: 'Participants’ connections',
    seatTransports: 'Transports of participants',
    otherTransports: 'Transports of anybody else',
    plainTransports: 'Plain transports (to a recorder)',
    pipeTransports: 'Pipe transports (to another server)',
    directTransports: 'Direct transports (to a program)',
    seatProducers: 'Tracks sent by participants',
    otherProducers: 'Tracks sent by anybody else',
    seatConsumers: 'Tracks received by participants',
    observerConsumers: 'Tracks received by an officer',
    tapConsumers: 'Tracks received by a recorder',
    stillsConsumers: 'Tracks received for still pictures',
    otherConsumers: 'Tracks received by anybody else',
    dataChannels: 'Data channels',
    rtpObservers: 'Listeners to the sound level',
  },
  any: 'as needed',
  gaps: 'Time of which nothing is known (more than 10 s)',
  noGaps: 'None.',
  gapReasons: {
    NO_CENSUS: 'Not counted',
    SERVER_AWAY: 'The server was away too long',
    NODE_RESTARTED: 'The media server started anew',
    EPOCH_MISSING: 'The lines of a room are missing',
    CUT_OFF: 'The census stopped before the end',
    UNKNOWN: 'Unknown',
  },
  violations: 'Things that may not be there',
  noViolations: 'None.',
  rows: 'Entries in the database about this visit',
  rowNames: {
    recordings: 'Recordings',
    observations: 'Observations by officers',
    alarms: 'Alarms',
  },
  canary: 'The last rehearsed attack before this visit',
  canaryHeld: 'every attack was held',
  canaryFailed: 'an attack got through',
  noCanary: 'None is known.',
  checks: {
    PARTIES_MEET: 'Two sides meet in a room like this',
    CENSUS_COUNTS: 'The census counts exactly them',
    OBSERVER_IN_FACTS: 'An officer is named where none may be',
    TAP_WITH_GRANT: 'A recorder comes with a signed permission',
    CONSUMER_BEHIND: 'A receiver is made behind the service’s back',
    TRANSPORT_BEHIND: 'A way out is made behind the service’s back',
  },
  chains: 'The chains of the census',
  epoch: 'Room',
  lines: 'Lines',
  lastHash: 'Hash of the last line',
  software: 'Software',
  page: 'Page {n} of {all}',
}
