// What the witness says.

/** @type {Record<'en' | 'ru', Record<string, any>>} */
export const WITNESS_WORDS = {
  en: {
    usage:
      'node visavis-witness.mjs https://SERVICE [--name witness.example.org] [--state FOLDER] [--key SERVICE-KEY] [--every SECONDS] [--once] [--ru]',
    own: 'My key, for AUDIT_WITNESSES of the service:',
    trusts:
      'I take this key of the service for true, because nobody has told me another. Compare it:',
    seen: '{log}: {size} entries, co-signed',
    same: '{log}: {size} entries, nothing new',
    away: '{log}: the service does not answer: {why}',
    refused: '{log}: the service did not take my signature ({why})',
    ALARM: 'ALARM',
    alarms: {
      ROLLED_BACK: 'the log has become shorter: {from} entries were signed, now {to}',
      FORKED:
        'two histories of the same log: what was signed at {from} entries is no beginning of what is signed at {to}',
      NOT_SIGNED: 'the checkpoint is not signed with a key that I know',
      KEY_UNVOUCHED: 'the service has a new key, and the old one gave no word for it',
    },
    kept: 'Both sides of it are kept in {folder}. I sign nothing of this log any more.',
  },
  ru: {
    usage:
      'node visavis-witness.mjs https://СЛУЖБА [--name witness.example.org] [--state ПАПКА] [--key КЛЮЧ-СЛУЖБЫ] [--every СЕКУНДЫ] [--once] --ru',
    own: 'Мой ключ, для AUDIT_WITNESSES службы:',
    trusts:
      'Принимаю этот ключ службы за подлинный, потому что другого мне не назвали. Сравните его:',
    seen: '{log}: записей — {size}, подписано',
    same: '{log}: записей — {size}, нового нет',
    away: '{log}: служба не отвечает: {why}',
    refused: '{log}: служба не приняла мою подпись ({why})',
    ALARM: 'ТРЕВОГА',
    alarms: {
      ROLLED_BACK: 'журнал стал короче: было подписано записей — {from}, теперь {to}',
      FORKED:
        'две истории одного журнала: подписанное на {from} записях не начало того, что подписано на {to}',
      NOT_SIGNED: 'отметка не подписана известным мне ключом',
      KEY_UNVOUCHED: 'у службы новый ключ, а прежний его не подтвердил',
    },
    kept: 'То и другое сохранено в папке {folder}. Этот журнал я больше не подписываю.',
  },
}
