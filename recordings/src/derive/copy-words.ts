/**
 * What is written into copies. A copy is made once for everybody who may see it, so its words stand in both
 * languages of the pages.
 */
export const COPY_WORDS = {
  VISITOR: 'Visitor · Посетитель',
  INMATE: 'Inmate · Заключённый',
  visit: 'Visit · Свидание',
  unrecorded: 'Not recorded · Записи нет',
  noPicture: 'No picture · Нет изображения',
  REVIEW_COPY: 'Review copy, not the original · Копия для просмотра, не оригинал',
  CLIP: 'Clip, not the original · Фрагмент, не оригинал',
} as const
