/** What lies beside an exported log, for whoever opens it. */
export const HOW_TO_CHECK = `The audit log of a service for visits by video, whole, as it stood when this was made.

  entries.jsonl       the entries, each as it was hashed, one a line, the oldest first
  checkpoints.jsonl   signed checkpoints (C2SP tlog-checkpoint) with the lines of witnesses
  keys.json           the keys that signed them, each with the word of the one before
  time-stamps/        what an authority stamped each day (RFC 3161), and its answers
  visavis-verify.mjs  checks all of this without a network

To check it:
1. Get the verifier from somewhere else than this folder: whoever forged the one could have forged the other.
   It is in the source of Vis-à-vis (docs/verify/visavis-verify.mjs).
2. node visavis-verify.mjs log FOLDER KEY [OLD-CHECKPOINT …]
   KEY is the verifier key that the service has published, or that was noted on paper.
   OLD-CHECKPOINT is a checkpoint that you or a witness kept: with it, a log that was cut or written anew is found.
3. openssl ts -verify -data time-stamps/DAY.txt -in time-stamps/DAY.tsr -CAfile AUTHORITY.pem


Журнал событий службы видеосвиданий целиком, каким он был, когда сделана эта копия.

  entries.jsonl       записи в том виде, в каком от них взят хеш, по одной в строке, от старых к новым
  checkpoints.jsonl   подписанные отметки (C2SP tlog-checkpoint) со строками свидетелей
  keys.json           ключи подписи, каждый с подтверждением предыдущего
  time-stamps/        что заверяла каждый день служба времени (RFC 3161), и её ответы
  visavis-verify.mjs  проверяет всё это без сети

Как проверить:
1. Возьмите программу проверки не из этой папки: кто подделал одно, мог подделать и другое.
   Она есть в исходном коде Vis-à-vis (docs/verify/visavis-verify.mjs).
2. node visavis-verify.mjs log ПАПКА КЛЮЧ [СТАРАЯ-ОТМЕТКА …] --ru
   КЛЮЧ — ключ проверки, который опубликовала служба или который записан на бумаге.
   СТАРАЯ-ОТМЕТКА — отметка, сохранённая вами или свидетелем: с ней видно, что журнал обрезали или переписали.
3. openssl ts -verify -data time-stamps/ДЕНЬ.txt -in time-stamps/ДЕНЬ.tsr -CAfile СЛУЖБА.pem
`
