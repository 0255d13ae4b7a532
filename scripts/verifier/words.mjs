// What the verifier says of its own; the words of certificates themselves come from the server's.

/** @type {Record<'en' | 'ru', Record<string, any>>} */
export const VERIFIER_WORDS = {
  en: {
    title: 'Check a certificate',
    intro:
      'This page checks certificates of confidential visits. It works without a network: nothing leaves this computer.',
    drop: 'Drop the JSON file here, or choose it',
    key: 'Fingerprint or public key that the operator has published',
    keyHint: 'Without it, the page can only say that the certificate fits the key inside it.',
    good: 'Genuine and unchanged',
    unsure: 'Unchanged, but compare the key',
    unsureText:
      'The certificate fits the key inside it. Whoever made a false one could have used a key of their own: compare this fingerprint with the published one.',
    bad: 'Not genuine, or changed',
    line: 'Line {n} of the census',
    fingerprint: 'Fingerprint of the key',
    sha256: 'SHA-256 of this file',
    oldBrowser:
      'This browser cannot check Ed25519 signatures. Use a newer one, or Node 20 and verify-certificate.mjs.',
    usage: 'node verify-certificate.mjs CERTIFICATE.json [FINGERPRINT or PUBLIC KEY] [--ru]',
    faults: {
      NOT_JSON: 'This is no JSON file.',
      NOT_A_CERTIFICATE: 'This is no certificate of a visit.',
      REFORMATTED:
        'The file is not byte for byte as it was signed: it was changed or saved anew by a program.',
      KEY_UNREADABLE: 'What you gave to compare is neither a fingerprint nor a public key.',
      OTHER_KEY: 'It is signed with another key than the one you gave.',
      FINGERPRINT_WRONG: 'The fingerprint in it is not that of its key.',
      SIGNATURE_WRONG: 'The signature does not fit.',
      LINE_EDITED: 'was changed.',
      LINE_OF_ANOTHER: 'belongs to another visit.',
      LINES_MISSING: 'does not follow the one before: something was left out.',
      LINE_OUT_OF_ORDER: 'is not in its place.',
      LINE_AFTER_END: 'stands behind the end.',
      LINE_UNLINKED: 'is not linked to the one before.',
      LINES_CUT: 'and what follows is missing.',
      LINE_ADDED: 'was added.',
      TOTALS_WRONG: 'The totals are not those of the lines.',
      GAPS_WRONG: 'The times of which nothing is known are not those of the lines.',
      VIOLATIONS_WRONG: 'What was found is not what the lines say.',
      FINDING_WRONG: 'The finding does not follow from the lines.',
    },
  },
  ru: {
    title: 'Проверить свидетельство',
    intro:
      'Страница проверяет свидетельства о конфиденциальных свиданиях. Она работает без сети: ничего не покидает этот компьютер.',
    drop: 'Перетащите сюда файл JSON или выберите его',
    key: 'Отпечаток или открытый ключ, опубликованный оператором',
    keyHint: 'Без него можно сказать только то, что свидетельство подходит к ключу внутри него.',
    good: 'Подлинное, не изменено',
    unsure: 'Не изменено, но сравните ключ',
    unsureText:
      'Свидетельство подходит к ключу внутри него. Тот, кто изготовил подделку, мог взять собственный ключ: сравните этот отпечаток с опубликованным.',
    bad: 'Не подлинное или изменено',
    line: 'Строка {n} учёта',
    fingerprint: 'Отпечаток ключа',
    sha256: 'SHA-256 этого файла',
    oldBrowser:
      'Этот браузер не умеет проверять подписи Ed25519. Возьмите более новый или Node 20 и verify-certificate.mjs.',
    usage: 'node verify-certificate.mjs СВИДЕТЕЛЬСТВО.json [ОТПЕЧАТОК или КЛЮЧ] [--ru]',
    faults: {
      NOT_JSON: 'Это не файл JSON.',
      NOT_A_CERTIFICATE: 'Это не свидетельство о свидании.',
      REFORMATTED:
        'Файл отличается от подписанного: его изменили или пересохранили другой программой.',
      KEY_UNREADABLE: 'Введено не похожее ни на отпечаток, ни на открытый ключ.',
      OTHER_KEY: 'Подписано другим ключом, не тем, который вы указали.',
      FINGERPRINT_WRONG: 'Отпечаток в файле не соответствует ключу.',
      SIGNATURE_WRONG: 'Подпись не подходит.',
      LINE_EDITED: 'изменена.',
      LINE_OF_ANOTHER: 'относится к другому свиданию.',
      LINES_MISSING: 'не следует за предыдущей: что-то убрано.',
      LINE_OUT_OF_ORDER: 'стоит не на своём месте.',
      LINE_AFTER_END: 'стоит после конца.',
      LINE_UNLINKED: 'не связана с предыдущей.',
      LINES_CUT: 'и следующие отсутствуют.',
      LINE_ADDED: 'добавлена.',
      TOTALS_WRONG: 'Итоги не соответствуют строкам.',
      GAPS_WRONG: 'Промежутки без данных не соответствуют строкам.',
      VIOLATIONS_WRONG: 'Обнаруженное не соответствует строкам.',
      FINDING_WRONG: 'Вывод не следует из строк.',
    },
  },
}
