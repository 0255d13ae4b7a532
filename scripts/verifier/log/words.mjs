// What the verifier says of the audit log.

/** @type {Record<'en' | 'ru', Record<string, any>>} */
export const LOG_WORDS = {
  en: {
    usage: 'node visavis-verify.mjs log FOLDER [KEY …] [OLD CHECKPOINT or folder of them …] [--ru]',
    proofUsage: 'node visavis-verify.mjs proof FILE.tlog-proof KEY … [--ru]',
    noFolder: 'There is no such folder, or it cannot be read.',
    badKey: 'This is neither a verifier key nor a file or folder:',
    log: 'Log {log} of {origin}: {size} entries, {checkpoints} checkpoints, {kept} kept checkpoints compared',
    key: 'Key',
    witness: 'Witness {name} co-signed up to entry {size}, at {at}',
    entry: 'Entry {seq}:',
    entries: 'Entries {seq} to {toSeq}:',
    atSize: 'checkpoint of {size} entries:',
    good: 'OK: whole and unchanged',
    unsure:
      'OK: whole, but compare the key. The log fits the key inside it; whoever made a false one could have used a key of their own.',
    bad: 'NOT as it was signed',
    proves:
      'This proves that every entry is, byte for byte, in its place as the holder of the key signed it, and that none is missing between the first and the last.',
    provesKept:
      'It proves, too, that the log begins with what you kept: nothing of that was cut off or written anew.',
    provesAlone:
      'It does not prove that the log was not written anew as a whole, or cut: give a checkpoint that you or a witness kept.',
    provesNot:
      'It does not prove that what an entry says is true, nor that everything that happened was entered.',
    proofGood: 'OK: entry {seq} stands in the log {origin} of {size} entries',
    faults: {
      NOT_A_LOG: 'This folder holds no exported audit log.',
      ENTRY_UNREADABLE: 'cannot be read.',
      ENTRY_MISSING: 'is not here: removed, moved, or another was put in its place.',
      ENTRY_OF_ANOTHER: 'belongs to another log.',
      ENTRY_CHANGED: 'was changed: the entry behind it names another one.',
      ROOT_WRONG: 'not as they were signed: changed, and the log made to fit.',
      CUT: 'are missing at the end.',
      NOT_SIGNED: 'are covered by no checkpoint.',
      CHECKPOINT_WRONG: 'signed with none of the known keys, or of another log.',
      KEPT_OF_ANOTHER:
        'A checkpoint that you kept is of another log, or signed with none of the known keys.',
      OTHER_KEY: 'Signed with another key than the one you gave:',
      KEY_UNVOUCHED: 'A key came into use without the word of the one before it:',
      COSIGNATURE_WRONG: 'The line of a witness does not fit:',
      PROOF_UNREADABLE: 'This is no proof of an entry.',
      NOT_IN_LOG: 'The entry does not stand in the log as the proof says.',
    },
  },
  ru: {
    usage: 'node visavis-verify.mjs log ПАПКА [КЛЮЧ …] [СТАРАЯ ОТМЕТКА или папка с ними …] --ru',
    proofUsage: 'node visavis-verify.mjs proof ФАЙЛ.tlog-proof КЛЮЧ … --ru',
    noFolder: 'Такой папки нет, или её нельзя прочесть.',
    badKey: 'Это не ключ проверки, не файл и не папка:',
    log: 'Журнал {log}, {origin}: записей — {size}, отметок — {checkpoints}, сверено сохранённых отметок — {kept}',
    key: 'Ключ',
    witness: 'Свидетель {name} подписал до записи {size}, время {at}',
    entry: 'Запись {seq}:',
    entries: 'Записи с {seq} по {toSeq}:',
    atSize: 'отметка на {size} записях:',
    good: 'В порядке: журнал цел, ничего не изменено',
    unsure:
      'В порядке: журнал цел, но сравните ключ. Он подходит к ключу, который лежит здесь же; тот, кто изготовил подделку, мог взять собственный.',
    bad: 'НЕ то, что было подписано',
    proves:
      'Это доказывает, что каждая запись байт в байт стоит на своём месте, как её подписал владелец ключа, и что между первой и последней ничего не пропущено.',
    provesKept:
      'Доказано и то, что журнал начинается с того, что вы сохранили: ничего из этого не обрезали и не переписали.',
    provesAlone:
      'Не доказано, что журнал не переписали целиком и не обрезали: укажите отметку, которую сохранили вы или свидетель.',
    provesNot:
      'Не доказано, что сказанное в записи правда, и что в журнал попало всё, что произошло.',
    proofGood: 'В порядке: запись {seq} стоит в журнале {origin}, где записей — {size}',
    faults: {
      NOT_A_LOG: 'В этой папке нет выгруженного журнала событий.',
      ENTRY_UNREADABLE: 'прочесть нельзя.',
      ENTRY_MISSING: 'её нет на месте: убрана, переставлена, или на её место вставлена другая.',
      ENTRY_OF_ANOTHER: 'из другого журнала.',
      ENTRY_CHANGED: 'изменена: следующая за ней указывает на другую.',
      ROOT_WRONG: 'не такие, какими были подписаны: их изменили и подогнали журнал.',
      CUT: 'отсутствуют в конце.',
      NOT_SIGNED: 'не покрыты ни одной отметкой.',
      CHECKPOINT_WRONG: 'не подписана ни одним известным ключом или из другого журнала.',
      KEPT_OF_ANOTHER:
        'Сохранённая вами отметка из другого журнала или не подписана известным ключом.',
      OTHER_KEY: 'Подписано другим ключом, не тем, который вы указали:',
      KEY_UNVOUCHED: 'Ключ начал действовать без подтверждения предыдущего:',
      COSIGNATURE_WRONG: 'Строка свидетеля не подходит:',
      PROOF_UNREADABLE: 'Это не доказательство записи.',
      NOT_IN_LOG: 'Запись не стоит в журнале так, как сказано в доказательстве.',
    },
  },
}
