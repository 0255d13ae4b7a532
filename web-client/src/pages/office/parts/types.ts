import type { Reply } from '../../../api/api.ts'

export type Task = Reply<'tasks'>['items'][number]
export type TaskCount = Reply<'tasks'>['counts'][number]
export type TaskKind = Task['kind']
export type Booking = Reply<'booking'>
export type Place = Reply<'alternatives'>['places'][number]
export type VisitorFile = Reply<'visitor'>
export type InmateFile = Reply<'inmate'>
export type Bond = VisitorFile['relationships'][number]
export type Restriction = VisitorFile['restrictions'][number]
export type Week = Reply<'timetable'>
export type Slot = Week['slots'][number]
export type Template = Week['templates'][number]
export type Blackout = Week['blackouts'][number]
export type Terminal = Week['terminals'][number]
export type Impact = Reply<'previewTemplate'>
export type Suspension = Reply<'suspensions'>['suspensions'][number]
export type Movement = Reply<'movements'>['movements'][number]
export type VisitClass = Booking['visitClass']
