/** Inspections, images, lots, reports. */
import { Type } from 'typebox'
import { ImageUpload, Inspection, ReviewDecision, Verdict } from '../../inspection.ts'
import { InspectionReport, Lot, QualitySummary } from '../../quality.ts'
import { Lang } from '../../text.ts'
import { route } from '../route.ts'
import { Done, Id, Page, Time } from '../shapes.ts'

export const qualityRoutes = {
  listInspections: route({
    method: 'GET',
    path: '/api/inspections',
    access: 'any',
    summary: 'Inspections, newest first',
    query: Type.Object({
      ...Page,
      lot: Type.Optional(Type.String()),
      verdict: Type.Optional(Verdict),
      reviewed: Type.Optional(Type.Boolean()),
    }),
    reply: Type.Array(Inspection),
  }),
  getInspection: route({
    method: 'GET',
    path: '/api/inspections/:id',
    access: 'any',
    summary: 'One inspection',
    params: Id,
    reply: Inspection,
  }),
  reviewInspection: route({
    method: 'POST',
    path: '/api/inspections/:id/review',
    access: ['qa_engineer'],
    summary: 'Confirm or overturn',
    params: Id,
    body: Type.Object({
      decision: ReviewDecision,
      comment: Type.String({ maxLength: 1000 }),
      truth: Type.Optional(Type.Union([Type.Literal('good'), Type.Literal('defective')])),
    }),
    reply: Inspection,
  }),
  getImage: route({
    method: 'GET',
    path: '/api/images/:id',
    access: 'any',
    summary: 'Image by SHA-256; `width` for a thumbnail',
    params: Id,
    query: Type.Object({ width: Type.Optional(Type.Integer({ minimum: 32, maximum: 2048 })) }),
    produces: 'image/*',
  }),
  putImage: route({
    method: 'PUT',
    path: '/api/images/:id',
    access: 'agent',
    summary: 'Store an image under its SHA-256',
    params: Id,
    reply: Done,
  }),
  imageUpload: route({
    method: 'GET',
    path: '/api/images/:id/upload',
    access: 'agent',
    summary: 'How much of an image is here: where an upload goes on',
    params: Id,
    reply: ImageUpload,
  }),
  putImagePart: route({
    method: 'PATCH',
    path: '/api/images/:id/upload',
    access: 'agent',
    summary: 'Add a part of an image; one that begins where no part ends changes nothing',
    params: Id,
    query: Type.Object({
      offset: Type.Integer({ minimum: 0 }),
      total: Type.Integer({ minimum: 1, maximum: 64 * 1024 * 1024 }),
    }),
    reply: ImageUpload,
  }),

  listLots: route({
    method: 'GET',
    path: '/api/lots',
    access: 'any',
    summary: 'Lots, newest first',
    query: Type.Object(Page),
    reply: Type.Array(Lot),
  }),
  qualitySummary: route({
    method: 'GET',
    path: '/api/quality/summary',
    access: 'any',
    summary: 'Verdicts, escape and overkill of a lot or a time',
    query: Type.Object({ lot: Type.Optional(Type.String()), from: Type.Optional(Time), to: Type.Optional(Time) }),
    reply: QualitySummary,
  }),
  reportModel: route({
    method: 'GET',
    path: '/api/lots/:id/report',
    access: 'any',
    summary: 'The inspection report of a lot as data',
    params: Id,
    reply: InspectionReport,
  }),
  reportFile: route({
    method: 'GET',
    path: '/api/lots/:id/report-file',
    access: 'any',
    summary: 'The inspection report as a file',
    params: Id,
    query: Type.Object({ lang: Lang, format: Type.Union([Type.Literal('pdf'), Type.Literal('html')]) }),
    produces: 'application/pdf',
  }),
} as const
